package org.penstock.config.check;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.penstock.api.module.SectionCheck;
import org.penstock.config.schema.JarSchema;
import org.penstock.config.schema.Schema;

/** The offline check: {@code ConfigCheck FILE SYSTEMDIR DEPLOYDIR [PERSISTDIR]}. Reads what may be configured from the jars, and looks at the files that sections name, without a framework. */
public final class ConfigCheck {
    /** Exit status for a configuration without mistakes. */
    public static final int OK = 0;

    /** Exit status for wrong arguments. */
    public static final int USAGE = 64;

    /** Exit status for a configuration with mistakes, as in sysexits.h. */
    public static final int CONFIG = 78;

    private ConfigCheck() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.size() < 3 || arguments.size() > 4) {
            err.println("usage: ConfigCheck FILE SYSTEMDIR DEPLOYDIR [PERSISTDIR]");
            return USAGE;
        }
        Path file = Path.of(arguments.get(0));
        List<Path> jars = List.of(Path.of(arguments.get(1)), Path.of(arguments.get(2)));
        Path persisted = arguments.size() == 4
                ? Path.of(arguments.get(3))
                : jars.get(0).resolveSibling("data").resolve("config.d");
        List<String> warnings = new ArrayList<>();
        Schema schema;
        try {
            schema = JarSchema.of(jars, warnings::add);
        } catch (IOException e) {
            err.println(e.getMessage());
            return CONFIG;
        }
        CheckedConfiguration checked = new OutsideCheck(ConfigurationCheck.check(Sources.read(file, persisted), schema))
                .with(ServiceLoader.load(SectionCheck.class));
        warnings.forEach(line -> err.println("warning: " + line));
        checked.warnings().forEach(line -> err.println("warning: " + line));
        checked.problems().forEach(err::println);
        if (checked.problems().isEmpty()) {
            out.println(file + ": the configuration is right");
            return OK;
        }
        int count = checked.problems().size();
        err.println(file + ": " + count + (count == 1 ? " mistake" : " mistakes"));
        return CONFIG;
    }
}
