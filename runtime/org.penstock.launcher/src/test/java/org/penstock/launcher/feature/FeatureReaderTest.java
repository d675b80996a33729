package org.penstock.launcher.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureReaderTest {
    @TempDir
    Path directory;

    @Test
    void shouldOrderBundlesByStartLevel() throws Exception {
        write("a.json", "{\"id\":\"g:late:1.0\",\"start-order\":30},{\"id\":\"g:early:1.0\",\"start-order\":\"5\"}");
        write("b.json", "{\"id\":\"g:plain:1.0\"}");

        assertThat(new FeatureReader().read(directory))
                .containsExactly(
                        new FeatureBundle("g:early:1.0", "early-1.0.jar", 5, "a.json"),
                        new FeatureBundle("g:plain:1.0", "plain-1.0.jar", 20, "b.json"),
                        new FeatureBundle("g:late:1.0", "late-1.0.jar", 30, "a.json"));
    }

    @Test
    void shouldPutTheClassifierBehindTheVersion() throws Exception {
        write(
                "a.json",
                "{\"id\":\"io.netty:epoll:jar:linux-x86_64:4.2\"},{\"id\":\"io.netty:epoll:jar:linux-aarch_64:4.2\"}");

        assertThat(new FeatureReader().read(directory))
                .extracting(FeatureBundle::fileName)
                .containsExactly("epoll-4.2-linux-x86_64.jar", "epoll-4.2-linux-aarch_64.jar");
    }

    @Test
    void shouldLeaveOutWhatIsForAnotherProcessor() throws Exception {
        write(
                "a.json",
                "{\"id\":\"g:a:1.0\"},{\"id\":\"g:b:jar:x:1.0\",\"arch\":\"amd64\"},{\"id\":\"g:b:jar:y:1.0\",\"arch\":\"aarch64\"}");

        assertThat(new FeatureReader().read(directory, "amd64"))
                .extracting(FeatureBundle::fileName)
                .containsExactly("a-1.0.jar", "b-1.0-x.jar");
        assertThat(new FeatureReader().read(directory, "riscv64"))
                .extracting(FeatureBundle::fileName)
                .containsExactly("a-1.0.jar");
        assertThat(new FeatureReader().read(directory)).hasSize(3);
    }

    @Test
    void shouldListABundleOnceAtItsLowestLevelWhenTwoFeaturesNameIt() throws Exception {
        write("a.json", "{\"id\":\"g:a:1.0\",\"start-order\":30}");
        write("b.json", "{\"id\":\"g:a:1.0\",\"start-order\":7}");

        assertThat(new FeatureReader().read(directory))
                .containsExactly(new FeatureBundle("g:a:1.0", "a-1.0.jar", 7, "b.json"));
    }

    @Test
    void shouldRefuseTwoVersionsOfOneBundle() throws Exception {
        write("a.json", "{\"id\":\"g:a:1.0\"}");
        write("b.json", "{\"id\":\"g:a:1.1\"}");

        assertThatThrownBy(() -> new FeatureReader().read(directory))
                .isInstanceOf(FeatureException.class)
                .hasMessage("two versions of one bundle: g:a:1.0 in a.json and g:a:1.1 in b.json");
    }

    @Test
    void shouldNameFileAndBundleWhenTheStartOrderIsWrong() throws Exception {
        for (String wrong : new String[] {"0", "1", "-3", "101", "\"soon\""}) {
            write("a.json", "{\"id\":\"g:a:1.0\",\"start-order\":" + wrong + "}");
            assertThatThrownBy(() -> new FeatureReader().read(directory))
                    .isInstanceOf(FeatureException.class)
                    .hasMessageContaining("a.json, bundle g:a:1.0: start-order must be a number from 2 to 100, not");
        }
    }

    @Test
    void shouldNameTheFileWhenItIsNoFeature() throws Exception {
        for (String wrong : new String[] {"", "[]", "{\"bundles\":[]}", "{\"id\":\"x\""}) {
            Files.writeString(directory.resolve("broken.json"), wrong);
            assertThatThrownBy(() -> new FeatureReader().read(directory))
                    .as(wrong)
                    .isInstanceOf(FeatureException.class)
                    .hasMessageContaining("broken.json cannot be read");
        }
    }

    @Test
    void shouldRefuseADirectoryWithoutBundles() {
        assertThatThrownBy(() -> new FeatureReader().read(directory))
                .isInstanceOf(FeatureException.class)
                .hasMessageContaining("no feature lists a bundle in " + directory);
    }

    @Test
    void shouldNameTheDirectoryThatIsMissing() {
        assertThatThrownBy(() -> new FeatureReader().read(directory.resolve("features")))
                .isInstanceOf(FeatureException.class)
                .hasMessage("there is no directory " + directory.resolve("features"));
    }

    @Test
    void shouldCompareSystemWithTheFeatures() throws Exception {
        Path features = Files.createDirectory(directory.resolve("features"));
        Path system = Files.createDirectory(directory.resolve("system"));
        write("features/a.json", "{\"id\":\"g:a:1.0\"},{\"id\":\"g:b:1.0\"}");
        Files.createFile(system.resolve("a-1.0.jar"));
        Files.createFile(system.resolve("c-1.0.jar"));

        assertThat(features).isDirectory();
        assertThatThrownBy(() -> FeatureCheck.check(directory))
                .isInstanceOf(FeatureException.class)
                .hasMessageContaining("missing in system/, add it to runtime/pom.xml: b-1.0.jar")
                .hasMessageContaining("in no feature, add it to features/: c-1.0.jar")
                .hasMessageNotContaining("a-1.0.jar");

        Files.move(system.resolve("c-1.0.jar"), system.resolve("b-1.0.jar"));
        FeatureCheck.check(directory);
    }

    private void write(String name, String bundles) throws IOException {
        Files.writeString(
                directory.resolve(name),
                "{\"feature-resource-version\":\"1.0\",\"id\":\"g:" + name.replaceAll("\\W", "")
                        + ":1.0\",\"bundles\":[" + bundles + "]}");
    }
}
