package org.penstock.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRepositoryTest {

    @TempDir
    Path home;

    private final Properties properties = new Properties();

    @BeforeEach
    void setHome() {
        properties.setProperty("user.home", home.toString());
    }

    private Path directory(Map<String, String> environment) {
        return new LocalRepository(properties, environment).directory();
    }

    private void settings(Path directory, String content) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("settings.xml"), "<settings>" + content + "</settings>");
    }

    @Test
    void shouldBeBelowTheHomeWhenNothingSaysOtherwise() {
        assertThat(directory(Map.of("MAVEN_HOME", home.resolve("none").toString())))
                .isEqualTo(home.resolve(".m2/repository"));
    }

    @Test
    void shouldBeTheOneOfTheUsersSettings() throws IOException {
        settings(home.resolve(".m2"), "<localRepository>\n  ${user.home}/${env.PLACE}/r </localRepository>");
        assertThat(directory(Map.of("PLACE", "here"))).isEqualTo(home.resolve("here/r"));
    }

    @Test
    void shouldIgnoreWhatIsCommentedOut() throws IOException {
        settings(home.resolve(".m2"), "<!-- <localRepository>/path\n</localRepository> -->");
        assertThat(directory(Map.of())).isEqualTo(home.resolve(".m2/repository"));
    }

    @Test
    void shouldBeTheOneOfTheInstallationWhenTheUserHasNone() throws IOException {
        settings(home.resolve("maven/conf"), "<localRepository>/from/installation</localRepository>");
        assertThat(directory(Map.of("MAVEN_HOME", home.resolve("maven").toString())))
                .isEqualTo(Path.of("/from/installation"));
    }

    @Test
    void shouldPreferTheOptionsOfMavenToSettings() throws IOException {
        settings(home.resolve(".m2"), "<localRepository>/from/settings</localRepository>");
        assertThat(directory(Map.of("MAVEN_OPTS", "-Xmx1g -Dmaven.repo.local=/from/options -X")))
                .isEqualTo(Path.of("/from/options"));
        assertThat(directory(Map.of("MAVEN_ARGS", "-Dmaven.repo.local=\"/with space/r\"")))
                .isEqualTo(Path.of("/with space/r"));
    }

    @Test
    void shouldPreferTheSystemPropertyToAllElse() {
        properties.setProperty("localRepository", "/of/surefire");
        assertThat(directory(Map.of("MAVEN_OPTS", "-Dmaven.repo.local=/from/options")))
                .isEqualTo(Path.of("/of/surefire"));
        properties.setProperty("maven.repo.local", "/given");
        assertThat(directory(Map.of())).isEqualTo(Path.of("/given"));
    }
}
