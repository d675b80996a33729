package org.penstock.shell.command;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.admin.ObjectKind;
import org.penstock.shell.Administration;
import org.penstock.shell.ShellCommand;
import org.penstock.shell.Usage;
import org.penstock.shell.UsageException;

/** {@code start listener L1} and {@code stop monitor M}; everything else goes to Felix's verbs for bundles. */
@Component(
        service = ShellCommand.class,
        property = {"osgi.command.scope=penstock", "osgi.command.function=start", "osgi.command.function=stop"})
public final class StartStopCommand implements ShellCommand {
    private static final Set<ObjectKind> KINDS = EnumSet.of(ObjectKind.LISTENER, ObjectKind.MONITOR);

    private final Administration administration;
    private final FelixBundles bundles;

    @Activate
    public StartStopCommand(BundleContext context, @Reference Administration administration) {
        this.administration = administration;
        this.bundles = new FelixBundles(context);
    }

    @Descriptor("starts a listener, a monitor or a bundle")
    @Usage(
            value = {"start listener|monitor NAME", "start BUNDLE|URL ..."},
            example = {"start listener L1", "start 34", "start org.example.filter"})
    public @Nullable Object start(CommandSession session, @Descriptor("kind and name, or bundles") String... words)
            throws Exception {
        return change(session, "start", words);
    }

    @Descriptor("stops a listener, a monitor or a bundle; sessions that exist go on")
    @Usage(
            value = {"stop listener|monitor NAME", "stop BUNDLE ..."},
            example = {"stop listener L1", "stop 34"})
    public @Nullable Object stop(CommandSession session, @Descriptor("kind and name, or bundles") String... words)
            throws Exception {
        return change(session, "stop", words);
    }

    private @Nullable Object change(CommandSession session, String verb, String... words) throws Exception {
        if (words.length == 0) {
            throw new UsageException("what to " + verb + " is missing");
        }
        List<ObjectKind> kinds = ObjectWords.of(words[0], KINDS);
        if (kinds.isEmpty()) {
            if (ObjectWords.of(words[0], EnumSet.allOf(ObjectKind.class)).isEmpty()) {
                return bundles.run(session, verb, words);
            }
            throw new UsageException(
                    "a " + words[0] + " cannot be " + participle(verb) + "; listeners and monitors can");
        }
        if (words.length != 2) {
            throw new UsageException(
                    "the name of one " + kinds.get(0).word() + " is expected; a name with blanks is quoted");
        }
        administration.management().enable(kinds.get(0), words[1], verb.equals("start"));
        return kinds.get(0).word() + " '" + words[1] + "' " + participle(verb);
    }

    private static String participle(String verb) {
        return verb.equals("start") ? "started" : "stopped";
    }

    @Override
    public List<String> candidates(List<String> words) {
        return ObjectWords.kindThenName(administration, KINDS, words);
    }
}
