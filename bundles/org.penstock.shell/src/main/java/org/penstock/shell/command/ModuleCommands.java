package org.penstock.shell.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.penstock.api.admin.Table;
import org.penstock.api.module.ModuleCommand;

/** The commands that modules offer now; of one that two versions of a module offer, the one bound last. */
@Component(service = ModuleCommands.class)
public final class ModuleCommands {
    private record Entry(String module, String name, ModuleCommand command) {}

    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void bindCommand(ModuleCommand command, Map<String, ?> properties) {
        entries.add(
                0,
                new Entry(
                        String.valueOf(properties.get("penstock.module")),
                        String.valueOf(properties.get("penstock.command")),
                        command));
    }

    public void unbindCommand(ModuleCommand command) {
        entries.removeIf(entry -> entry.command() == command);
    }

    Optional<ModuleCommand> find(String module, String name) {
        return entries.stream()
                .filter(entry -> entry.module().equals(module) && entry.name().equals(name))
                .map(Entry::command)
                .findFirst();
    }

    List<String> modules() {
        return entries.stream().map(Entry::module).distinct().sorted().toList();
    }

    List<String> names(String module) {
        return entries.stream()
                .filter(entry -> entry.module().equals(module))
                .map(Entry::name)
                .distinct()
                .sorted()
                .toList();
    }

    Table table() {
        List<List<String>> rows = new ArrayList<>();
        for (Entry entry : entries) {
            rows.add(List.of(
                    entry.module(),
                    entry.name(),
                    String.join(" ", entry.command().arguments()),
                    entry.command().description()));
        }
        rows.sort(Comparator.comparing((List<String> row) -> row.get(0)).thenComparing(row -> row.get(1)));
        return new Table(
                List.of("Module", "Command", "Arguments", "Description"),
                rows.stream().distinct().toList());
    }
}
