package org.penstock.itests.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A module's bundle made at test time: from classes of the tests, or from the jar of a module that ships. */
public final class ProbeBundle {
    private final String name;
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final List<String> components = new ArrayList<>();
    private String imports = "";

    private ProbeBundle(String name) {
        this.name = name;
    }

    /** A bundle of the classes of one package of the tests. */
    public static ProbeBundle of(String name, Package classes) throws IOException {
        ProbeBundle bundle = new ProbeBundle(name);
        String folder = classes.getName().replace('.', '/');
        try (Stream<Path> files = Files.list(Path.of("target/test-classes", folder))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                bundle.entries.put(folder + "/" + file.getFileName(), Files.readAllBytes(file));
            }
        }
        return bundle;
    }

    /** Packages of the platform that the classes use. */
    public ProbeBundle importing(String... packages) {
        imports = String.join(",", packages);
        return this;
    }

    /**
     * Adds a configured component with a constructor that takes the properties.
     *
     * @param kind {@code filter}, {@code router} or another kind of module
     * @param module the module's name in a configuration
     * @param parameters what a section may hold
     */
    public ProbeBundle component(Class<?> type, Class<?> service, String kind, String module, String... parameters) {
        String pid = "org.penstock." + kind + "." + module;
        component(type, service, "configuration-policy=\"require\" configuration-pid=\"" + pid + "\" init=\"1\"");
        StringBuilder metatype =
                new StringBuilder("<metatype:MetaData xmlns:metatype=\"http://www.osgi.org/xmlns/metatype/v1.2.0\">"
                        + "<OCD id=\"" + pid + "\" name=\"" + module + "\" description=\"A probe\">");
        for (String parameter : parameters) {
            metatype.append("<AD id=\"" + parameter + "\" type=\"String\" required=\"false\" default=\"\"/>");
        }
        metatype.append("</OCD><Designate factoryPid=\"" + pid + "\"><Object ocdref=\"" + pid + "\"/></Designate>"
                + "</metatype:MetaData>");
        text("OSGI-INF/metatype/" + pid + ".xml", metatype.toString());
        return this;
    }

    /** Adds a component without configuration. */
    public ProbeBundle component(Class<?> type, Class<?> service) {
        return component(type, service, "immediate=\"false\"");
    }

    private ProbeBundle component(Class<?> type, Class<?> service, String attributes) {
        String file = "OSGI-INF/" + type.getName() + ".xml";
        components.add(file);
        text(
                file,
                "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.4.0\" name=\"" + type.getName() + "\" "
                        + attributes + "><service><provide interface=\"" + service.getName()
                        + "\"/></service><implementation class=\"" + type.getName() + "\"/></scr:component>");
        return this;
    }

    private void text(String entry, String text) {
        entries.put(entry, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the bundle with this version; the class {@code Version} of its package then has a {@code NUMBER} of the version's last part. */
    public Path write(Path directory, int number) throws IOException {
        String version = "0.1." + number;
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", name);
        main.putValue("Bundle-Version", version);
        if (!imports.isEmpty()) {
            main.putValue("Import-Package", imports);
        }
        if (!components.isEmpty()) {
            main.putValue("Service-Component", String.join(",", components));
            main.putValue(
                    "Require-Capability",
                    "osgi.extender;filter:=\"(&(osgi.extender=osgi.component)(version>=1.4.0)(!(version>=2.0.0)))\"");
        }
        Map<String, byte[]> content = new LinkedHashMap<>(entries);
        for (String entry : entries.keySet()) {
            if (entry.endsWith("/Version.class")) {
                content.put(entry, versionClass(entry, number));
            }
        }
        Path file = directory.resolve(name + "-" + version + ".jar");
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (Map.Entry<String, byte[]> entry : content.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
                jar.closeEntry();
            }
        }
        return file;
    }

    private static byte[] versionClass(String entry, int number) {
        String packageName = entry.substring(0, entry.lastIndexOf('/')).replace('/', '.');
        return compiled(
                "Version",
                "package " + packageName + "; final class Version { private Version() {} static int number() { return "
                        + number + "; } }");
    }

    /** The class file of a source that needs nothing but the JDK. */
    private static byte[] compiled(String simpleName, String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
        JavaFileManager files = new ForwardingJavaFileManager<>(standard) {
            @Override
            public JavaFileObject getJavaFileForOutput(
                    Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
                return new SimpleJavaFileObject(URI.create("mem:///" + className + ".class"), kind) {
                    @Override
                    public OutputStream openOutputStream() {
                        return bytes;
                    }
                };
            }
        };
        JavaFileObject text =
                new SimpleJavaFileObject(URI.create("mem:///" + simpleName + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        boolean done = compiler.getTask(
                        null, files, null, List.of("--release", "17", "-proc:none"), null, List.of(text))
                .call();
        if (!done) {
            throw new IllegalArgumentException("does not compile: " + source);
        }
        return bytes.toByteArray();
    }

    /** The jar of a module that ships, under a higher version. */
    public static Path raised(String shipped, Path directory, int number) throws IOException {
        Path file = directory.resolve(shipped + "-0.1." + number + ".jar");
        try (JarFile source = new JarFile(Distribution.shipped(shipped).toFile())) {
            Manifest manifest = new Manifest(source.getManifest());
            manifest.getMainAttributes().putValue("Bundle-Version", "0.1." + number);
            try (OutputStream out = Files.newOutputStream(file);
                    JarOutputStream jar = new JarOutputStream(out, manifest)) {
                for (JarEntry entry : source.stream()
                        .filter(each -> !each.getName().equals(JarFile.MANIFEST_NAME))
                        .toList()) {
                    jar.putNextEntry(new JarEntry(entry.getName()));
                    source.getInputStream(entry).transferTo(jar);
                    jar.closeEntry();
                }
            }
        }
        return file;
    }
}
