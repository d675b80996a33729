package org.penstock.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of parameters, as a README lists them and as a configuration annotation declares them; a test of each module compares the two. */
public final class ParameterTable {
    private static final Pattern NAME = Pattern.compile("`([a-zA-Z0-9_.]+)`");

    private ParameterTable() {}

    /** Names in the first column of the first table below the heading Configuration. */
    public static Set<String> inReadme(Path readme) {
        List<String> lines;
        try {
            lines = Files.readAllLines(readme);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Set<String> names = new TreeSet<>();
        boolean inTable = false;
        for (String line : lines.subList(lines.indexOf("## Configuration") + 1, lines.size())) {
            boolean row = line.startsWith("|");
            if (inTable && !row) {
                break;
            }
            inTable = row;
            Matcher matcher = NAME.matcher(row ? line.substring(1, line.indexOf('|', 1)) : "");
            while (matcher.find()) {
                names.add(matcher.group(1));
            }
        }
        return names;
    }

    /** Parameters that an annotation declares, as users write them. */
    public static Set<String> declaredBy(Class<? extends Annotation> type) {
        Set<String> names = new TreeSet<>();
        for (Method attribute : type.getDeclaredMethods()) {
            names.add(FakeConfiguration.key(attribute));
        }
        return names;
    }
}
