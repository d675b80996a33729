package org.penstock.itests.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.penstock.itests.harness.Distribution;

/** What each tier of Penstock's bundles may import of Penstock and of Netty, read from the manifests of the distribution. */
class ImportsIT {
    private static final Pattern PACKAGE = Pattern.compile("(?:org\\.penstock|io\\.netty)\\.[a-z0-9_.]+");
    private static final String CONTRACT = "org\\.penstock\\.api\\..*";
    private static final String PURE = "org\\.penstock\\.(wire|sql)(\\..*)?";
    private static final String NETTY = "io\\.netty\\..*";

    private static String allowed(String bundle) {
        return switch (bundle.replaceFirst("org\\.penstock\\.", "").replaceFirst("\\..*", "")) {
            case "api" -> CONTRACT;
            case "wire", "sql" -> CONTRACT + "|" + PURE;
            case "core", "config" -> CONTRACT + "|" + PURE + "|" + NETTY;
            case "protocol", "auth", "router", "monitor" -> CONTRACT + "|" + PURE;
            case "filter" -> CONTRACT + "|" + PURE + "|org\\.penstock\\.filter\\.common";
            case "shell", "deploy" -> CONTRACT;
            default -> "none: a tier for " + bundle;
        };
    }

    @Test
    void shouldImportNoMoreThanItsTierAllowsWhenABundleShips() throws Exception {
        List<String> forbidden = new ArrayList<>();
        int bundles = 0;
        try (Stream<Path> files = Files.list(Distribution.system())) {
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith("org.penstock."))
                    .toList()) {
                try (JarFile jar = new JarFile(file.toFile())) {
                    String name = jar.getManifest().getMainAttributes().getValue("Bundle-SymbolicName");
                    String imports = jar.getManifest().getMainAttributes().getValue("Import-Package");
                    bundles++;
                    // Packages in uses: clauses of imports do not exist; versions and attributes hold no package.
                    Matcher matcher = PACKAGE.matcher(imports == null ? "" : imports);
                    while (matcher.find()) {
                        boolean own =
                                matcher.group().equals(name) || matcher.group().startsWith(name + ".");
                        if (!own && !matcher.group().matches(allowed(name))) {
                            forbidden.add(name + " imports " + matcher.group());
                        }
                    }
                }
            }
        }
        assertThat(bundles).isGreaterThan(10);
        assertThat(forbidden).isEmpty();
    }
}
