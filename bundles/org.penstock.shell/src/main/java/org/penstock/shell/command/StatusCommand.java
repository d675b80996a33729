package org.penstock.shell.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.admin.Management;
import org.penstock.api.admin.ObjectKind;
import org.penstock.shell.Administration;
import org.penstock.shell.ShellCommand;
import org.penstock.shell.Usage;
import org.penstock.shell.text.OutputForm;
import org.penstock.shell.text.TableText;

/** {@code status}, {@code uptime} and {@code version}. */
@Component(
        service = ShellCommand.class,
        property = {
            "osgi.command.scope=penstock",
            "osgi.command.function=status",
            "osgi.command.function=uptime",
            "osgi.command.function=version"
        })
public final class StatusCommand implements ShellCommand {
    private final Administration administration;
    private final BundleContext context;

    @Activate
    public StatusCommand(BundleContext context, @Reference Administration administration) {
        this.context = context;
        this.administration = administration;
    }

    @Descriptor("what listens and what waits")
    @Usage(value = "status", example = "status")
    public String status() {
        List<String> text = new ArrayList<>();
        text.add(version() + ", pid " + ProcessHandle.current().pid() + ", up " + uptime());
        Management management = administration.management();
        text.add("");
        text.add(TableText.of(management.list(ObjectKind.LISTENER), OutputForm.PLAIN));
        List<String> waits = waits(management);
        text.add("");
        text.add(waits.isEmpty() ? "nothing waits" : "waits:");
        text.addAll(waits);
        return String.join("\n", text);
    }

    private static List<String> waits(Management management) {
        List<String> lines = new ArrayList<>();
        for (ObjectKind kind : WhyCommand.NAMED) {
            for (String name : management.names(kind)) {
                for (String reason : management.why(name)) {
                    lines.add("  " + kind.word() + " '" + name + "': " + reason);
                }
            }
        }
        return lines.stream().distinct().toList();
    }

    @Descriptor("how long the process runs")
    @Usage(value = "uptime", example = "uptime")
    public String uptime() {
        Instant now = Instant.now();
        return text(
                Duration.between(ProcessHandle.current().info().startInstant().orElse(now), now));
    }

    static String text(Duration up) {
        if (up.toDays() > 0) {
            return up.toDays() + " d " + up.toHoursPart() + " h";
        }
        if (up.toHours() > 0) {
            return up.toHours() + " h " + up.toMinutesPart() + " min";
        }
        return up.toMinutes() > 0 ? up.toMinutes() + " min " + up.toSecondsPart() + " s" : up.toSeconds() + " s";
    }

    @Descriptor("versions of Penstock, Java and the framework")
    @Usage(value = "version", example = "version")
    public String version() {
        String version = context.getProperty("penstock.version");
        return "Penstock " + (version == null ? context.getBundle().getVersion() : version) + ", Java "
                + System.getProperty("java.version") + ", "
                + context.getBundle(0).getSymbolicName() + " "
                + context.getBundle(0).getVersion();
    }
}
