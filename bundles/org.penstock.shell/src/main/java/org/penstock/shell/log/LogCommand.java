package org.penstock.shell.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.felix.service.command.Descriptor;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.admin.AdminException;
import org.penstock.api.admin.Table;
import org.penstock.shell.ShellCommand;
import org.penstock.shell.Usage;
import org.penstock.shell.UsageException;
import org.penstock.shell.text.OutputForm;
import org.penstock.shell.text.TableText;

/** {@code log level org.penstock.core DEBUG} and {@code log levels}. */
@Component(
        service = ShellCommand.class,
        property = {"osgi.command.scope=penstock", "osgi.command.function=log"})
public final class LogCommand implements ShellCommand {
    private static final String DEFAULT = "DEFAULT";
    private static final List<String> LEVELS = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");
    private static final Pattern LOGGER = Pattern.compile("[\\w.$-]+");

    private final BundleContext context;

    @Activate
    public LogCommand(BundleContext context) {
        this.context = context;
    }

    @Descriptor("shows or sets how much is logged; a level stays over a restart, 'default' takes it back")
    @Usage(
            value = {"log levels", "log level BUNDLE|LOGGER|ROOT TRACE|DEBUG|INFO|WARN|ERROR|OFF|default"},
            example = {"log levels", "log level org.penstock.core DEBUG", "log level org.penstock.core default"})
    public String log(@Descriptor("levels, or level") String what, @Descriptor("logger and level") String... words) {
        try {
            if (what.equals("levels") && words.length == 0) {
                return table();
            }
            if (what.equals("level") && words.length == 2) {
                return change(words[0], words[1].toUpperCase(Locale.ROOT));
            }
        } catch (IOException e) {
            throw new AdminException("the levels cannot be changed: " + e.getMessage(), e);
        }
        throw new UsageException("'log levels' or 'log level NAME LEVEL' is expected");
    }

    private String change(String name, String level) throws IOException {
        if (!LEVELS.contains(level) && !level.equals(DEFAULT)) {
            throw new UsageException("'" + level + "' is not one of " + String.join(", ", LEVELS) + ", default");
        }
        if (!LOGGER.matcher(name).matches()) {
            throw new UsageException("'" + name + "' is neither a bundle nor a logger");
        }
        LogLevels file = file();
        Map<String, String> levels = new TreeMap<>(file.read());
        List<String> loggers = LoggerNames.of(name, context.getBundles());
        for (String logger : loggers) {
            if (level.equals(DEFAULT)) {
                levels.remove(logger);
            } else {
                levels.put(logger, level);
            }
        }
        file.write(levels);
        return String.join(", ", loggers) + ": " + level + ", in effect within " + LogLevels.SECONDS_TO_EFFECT + " s";
    }

    private String table() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        file().read().forEach((name, level) -> rows.add(List.of(name, level, "log level")));
        String home = context.getProperty("penstock.home");
        if (home != null && Files.exists(Path.of(home, "conf", "logback.xml"))) {
            LogLevels.levels(Path.of(home, "conf", "logback.xml"))
                    .forEach((name, level) -> rows.add(List.of(name, level, "conf/logback.xml")));
        }
        return TableText.of(new Table(List.of("Logger", "Level", "Set by"), rows), OutputForm.PLAIN);
    }

    private LogLevels file() {
        String data = context.getProperty("penstock.data");
        if (data == null) {
            throw new AdminException("there is no data directory to keep levels in: penstock.data is not set");
        }
        return new LogLevels(Path.of(data, "log-levels.xml"));
    }

    @Override
    public List<String> candidates(List<String> words) {
        return switch (words.size()) {
            case 0 -> List.of("level", "levels");
            case 1 ->
                Stream.concat(Stream.of("ROOT"), Stream.of(context.getBundles()).map(Bundle::getSymbolicName))
                        .filter(name -> name != null)
                        .toList();
            case 2 -> Stream.concat(LEVELS.stream(), Stream.of("default")).toList();
            default -> List.of();
        };
    }
}
