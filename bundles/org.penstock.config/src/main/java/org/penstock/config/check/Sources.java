package org.penstock.config.check;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.penstock.config.ini.ConfigFiles;
import org.penstock.config.ini.IniFile;
import org.penstock.config.ini.IniSection;

/**
 * What was read, before anything is checked.
 *
 * @param file the main file and its include directory
 * @param persisted changes made at run time, which override sections of the same name
 * @param persistedDirectory where those lie
 */
public record Sources(IniFile file, IniFile persisted, Path persistedDirectory) {
    private static final Set<String> GLOBAL = Set.of("maxscale", "gateway", "penstock");

    /**
     * Reads all files.
     *
     * @param main the main file
     * @param persisted directory of changes, unless the global section names another one
     */
    public static Sources read(Path main, Path persisted) {
        IniFile file = ConfigFiles.main(main);
        Path directory = persisted;
        boolean load = true;
        for (IniSection section : file.sections()) {
            if (global(section.name())) {
                String named = section.textOrEmpty("persistdir");
                directory = named.isEmpty() ? directory : persisted.resolveSibling(named);
                load = load && !no(section.textOrEmpty("load_persisted_configs"));
            }
        }
        IniFile changes = load ? ConfigFiles.tree(directory) : new IniFile(List.of(), List.of());
        return new Sources(file, changes, directory);
    }

    /** Whether a section is the global one. */
    public static boolean global(String name) {
        return GLOBAL.contains(name.toLowerCase(Locale.ROOT));
    }

    private static boolean no(String text) {
        return Set.of("false", "no", "off", "0").contains(text.toLowerCase(Locale.ROOT));
    }
}
