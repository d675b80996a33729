package org.penstock.shell.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.admin.AdminException;
import org.penstock.shell.ShellCommand;
import org.penstock.shell.Usage;
import org.penstock.shell.UsageException;

/** {@code rotate logs}, which does what SIGUSR1 does. */
@Component(
        service = ShellCommand.class,
        property = {"osgi.command.scope=penstock", "osgi.command.function=rotate", "osgi.command.function=flush"})
public final class RotateCommand implements ShellCommand {
    /** What the launcher runs for the signal. */
    private static final String HANDLERS = "(penstock.signal=USR1)";

    private final BundleContext context;

    @Activate
    public RotateCommand(BundleContext context) {
        this.context = context;
    }

    @Descriptor("opens all log files again, after another program has moved them away")
    @Usage(value = "rotate logs", example = "rotate logs")
    public String rotate(@Descriptor("logs") String what) {
        return reopen(what);
    }

    @Descriptor("the same as rotate")
    @Usage(value = "flush logs", example = "flush logs")
    public String flush(@Descriptor("logs") String what) {
        return reopen(what);
    }

    private String reopen(String what) {
        if (!what.equals("logs") && !what.equals("log")) {
            throw new UsageException("'rotate logs' is expected");
        }
        int files = runHandlers();
        String data = context.getProperty("penstock.data");
        try {
            if (data != null) {
                new LogLevels(Path.of(data, "log-levels.xml")).touch();
            }
        } catch (IOException e) {
            throw new AdminException("the log cannot be opened again: " + e.getMessage(), e);
        }
        return "log files are opened again within " + LogLevels.SECONDS_TO_EFFECT + " s"
                + (files == 0 ? "" : ", those of " + files + " other writers now");
    }

    private int runHandlers() {
        try {
            Collection<ServiceReference<Runnable>> handlers = context.getServiceReferences(Runnable.class, HANDLERS);
            for (ServiceReference<Runnable> reference : handlers) {
                Runnable handler = context.getService(reference);
                if (handler != null) {
                    handler.run();
                    context.ungetService(reference);
                }
            }
            return handlers.size();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<String> candidates(List<String> words) {
        return words.isEmpty() ? List.of("logs") : List.of();
    }
}
