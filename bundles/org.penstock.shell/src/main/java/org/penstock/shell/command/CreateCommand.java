package org.penstock.shell.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.admin.ObjectKind;
import org.penstock.shell.Administration;
import org.penstock.shell.ShellCommand;
import org.penstock.shell.Usage;
import org.penstock.shell.UsageException;

/** {@code create server s4 127.0.0.1 3309}, with MaxScale's positional words or with assignments only. */
@Component(
        service = ShellCommand.class,
        property = {"osgi.command.scope=penstock", "osgi.command.function=create"})
public final class CreateCommand implements ShellCommand {
    /** A positional word that keeps the default. */
    private static final String DEFAULT = "default";

    private final Administration administration;

    @Activate
    public CreateCommand(@Reference Administration administration) {
        this.administration = administration;
    }

    @Descriptor("makes an object, kept over a restart")
    @Usage(
            value = {
                "create server NAME ADDRESS [PORT] [KEY=VALUE ...]",
                "create service NAME ROUTER [KEY=VALUE ...]",
                "create listener SERVICE NAME [ADDRESS] [PORT] [KEY=VALUE ...]",
                "create filter NAME MODULE [KEY=VALUE ...]",
                "create monitor NAME MODULE [KEY=VALUE ...]",
                "create KIND NAME KEY=VALUE ..."
            },
            example = {
                "create server s4 127.0.0.1 3309",
                "create filter log qlafilter filebase=/var/log/penstock/q log_type=session",
                "create listener RW L2 default 4007"
            })
    public String create(
            @Descriptor("kind of object") String kind,
            @Descriptor("its name") String name,
            @Descriptor("parameters as key=value") String... words) {
        ObjectKind of = ObjectWords.kind(kind, AlterCommand.KINDS);
        List<String> rest = List.of(words);
        List<String> leading = ObjectWords.leading(rest);
        Map<String, String> parameters = new LinkedHashMap<>();
        String object = name;
        if (of == ObjectKind.LISTENER && !leading.isEmpty()) {
            parameters.put("service", name);
            object = leading.get(0);
            position(
                    List.of("address", "port", "protocol", "authenticator"),
                    leading.subList(1, leading.size()),
                    parameters);
        } else {
            position(positions(of), leading, parameters);
        }
        ObjectWords.assignments(rest.subList(leading.size(), rest.size())).forEach((key, value) -> {
            if (parameters.put(key, value) != null) {
                throw new UsageException("'" + key + "' is given twice");
            }
        });
        return Reports.text(administration.configuration().create(of, object, parameters));
    }

    private static List<String> positions(ObjectKind kind) {
        return switch (kind) {
            case SERVER -> List.of("address", "port", "protocol", "authenticator");
            case SERVICE -> List.of("router");
            case FILTER, MONITOR -> List.of("module");
            default -> List.of("service");
        };
    }

    private static void position(List<String> keys, List<String> words, Map<String, String> parameters) {
        if (words.size() > keys.size()) {
            throw new UsageException("'" + words.get(keys.size()) + "' is not of the form key=value");
        }
        for (int i = 0; i < words.size(); i++) {
            if (!words.get(i).equals(DEFAULT)) {
                parameters.put(keys.get(i), words.get(i));
            }
        }
    }

    @Override
    public List<String> candidates(List<String> words) {
        if (words.isEmpty()) {
            return ObjectWords.singular(AlterCommand.KINDS);
        }
        List<ObjectKind> kinds = ObjectWords.of(words.get(0), AlterCommand.KINDS);
        if (kinds.isEmpty()) {
            return List.of();
        }
        ObjectKind kind = kinds.get(0);
        if (words.size() == 1) {
            return kind == ObjectKind.LISTENER ? ObjectWords.names(administration, ObjectKind.SERVICE) : List.of();
        }
        List<String> candidates = new ArrayList<>();
        if (words.size() == 2
                && (kind == ObjectKind.FILTER || kind == ObjectKind.MONITOR || kind == ObjectKind.SERVICE)) {
            candidates.addAll(ObjectWords.names(administration, ObjectKind.MODULE));
        }
        candidates.addAll(ObjectWords.parameters(administration, kind, words.get(1), words.subList(2, words.size())));
        return candidates;
    }
}
