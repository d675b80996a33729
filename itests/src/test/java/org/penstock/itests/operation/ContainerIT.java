package org.penstock.itests.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.cleanCaches;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.workingDirectory;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestContainer;
import org.ops4j.pax.exam.options.UrlProvisionOption;
import org.ops4j.pax.exam.spi.PaxExamRuntime;
import org.osgi.framework.Bundle;
import org.osgi.framework.launch.Framework;
import org.penstock.itests.harness.Await;
import org.penstock.itests.harness.Distribution;

/** The bundles of the distribution in a framework that another launcher has started. */
class ContainerIT {
    private static final int LAST_LEVEL = 100;

    @TempDir
    Path temp;

    private Option[] options() throws Exception {
        Path conf = Files.writeString(temp.resolve("penstock.cnf"), "[maxscale]\nthreads=1\n");
        Path data = Files.createDirectories(temp.resolve("data/run")).getParent();
        List<Option> options = new ArrayList<>(List.of(
                frameworkStartLevel(LAST_LEVEL),
                cleanCaches(),
                workingDirectory(temp.resolve("framework").toString()),
                frameworkProperty("felix.service.urlhandlers").value("false"),
                frameworkProperty("felix.cm.dir").value(temp.resolve("cm").toString()),
                frameworkProperty("gosh.args").value("--nointeractive --noshutdown"),
                frameworkProperty("penstock.home").value(temp.toString()),
                frameworkProperty("penstock.data").value(data.toString()),
                frameworkProperty("penstock.conf").value(conf.toString())));
        try (Stream<Path> jars = Files.list(Distribution.system())) {
            for (Path jar :
                    jars.filter(ContainerIT::isForThisProcessor).sorted().toList()) {
                UrlProvisionOption option = bundle(jar.toUri().toString());
                options.add(isFragment(jar) ? option.noStart() : option);
            }
        }
        return options.toArray(Option[]::new);
    }

    /** Fragments of one library for several processors have one name, so a framework takes one of them, as the launcher does. */
    private static boolean isForThisProcessor(Path jar) {
        String other = System.getProperty("os.arch").equals("aarch64") ? "x86_64" : "aarch_64";
        String name = jar.getFileName().toString();
        return !(name.contains("tcnative") && name.contains(other));
    }

    private static boolean isFragment(Path jar) throws Exception {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes().getValue("Fragment-Host") != null;
        }
    }

    @Test
    void shouldResolveAndStartEveryBundleWhenTheFrameworkIsAnothers() throws Exception {
        // A server system: a test system would need probe bundles from the network.
        TestContainer container = PaxExamRuntime.createContainer(PaxExamRuntime.createServerSystem(options()));
        container.start();
        try {
            Framework framework = framework(container);
            Await.until("all bundles are active", () -> inactive(framework).toString(), () -> inactive(framework)
                    .isEmpty());
            assertThat(framework.getBundleContext().getBundles().length).isGreaterThan(30);
        } finally {
            container.stop();
        }
    }

    private static List<String> inactive(Framework framework) {
        return Stream.of(framework.getBundleContext().getBundles())
                .filter(each -> each.getHeaders().get("Fragment-Host") == null
                        ? each.getState() != Bundle.ACTIVE
                        : each.getState() != Bundle.RESOLVED)
                .filter(each -> !each.getSymbolicName().contains("aarch_64"))
                .map(each -> each.getSymbolicName() + " in state " + each.getState())
                .toList();
    }

    /** The native container keeps it private. */
    private static Framework framework(TestContainer container) throws Exception {
        Field field = container.getClass().getDeclaredField("framework");
        field.setAccessible(true);
        return (Framework) field.get(container);
    }
}
