package org.penstock.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.admin.AdminException;
import org.penstock.api.admin.BundleUsage.Usage;

class UpgradeTest {
    @TempDir
    private Path root;

    private TestFramework framework;

    @BeforeEach
    void open() throws Exception {
        framework = new TestFramework(root);
    }

    @AfterEach
    void close() throws Exception {
        framework.close();
    }

    private BundleFile file(String name, String version, String... headers) throws IOException {
        return BundleFile.read(TestFramework.jar(root, name, version, headers));
    }

    private boolean run(BundleFile file) {
        return framework.upgrade().run(file, framework.progress::add);
    }

    @Test
    void shouldStopTheOldVersionAfterTheLastSessionMoved() throws Exception {
        run(file("vendor", "1.0.0"));
        AtomicInteger left = new AtomicInteger(4);
        CompletableFuture<List<String>> seen = new CompletableFuture<>();
        Upgrade upgrade = new Upgrade(
                framework.context(),
                id -> {
                    if (!framework
                            .context()
                            .getBundle(id)
                            .getVersion()
                            .toString()
                            .equals("1.0.0")) {
                        return new Usage(0, List.of(), List.of());
                    }
                    if (left.get() == 1) {
                        seen.complete(framework.states("vendor"));
                    }
                    return new Usage(Math.max(0, left.decrementAndGet()), List.of(), List.of());
                },
                5_000);
        assertThat(upgrade.run(file("vendor", "1.1.0"), framework.progress::add))
                .isTrue();
        assertThat(seen.get(1, TimeUnit.SECONDS)).containsExactly("1.0.0 active", "1.1.0 active");
        assertThat(framework.states("vendor")).containsExactly("1.1.0 active");
        assertThat(framework.progress)
                .contains(
                        "upgrading vendor 1.0.0 to 1.1.0, used by 3 sessions",
                        "3 of 3 sessions moved",
                        "vendor 1.0.0 stopped and uninstalled");
    }

    @Test
    void shouldTakeBackAVersionThatTheCoreRefuses() throws Exception {
        run(file("vendor", "1.0.0"));
        framework.usages.put("vendor 1.0.0", new Usage(3, List.of("filter 'log'"), List.of()));
        framework.usages.put("vendor 1.1.0", new Usage(0, List.of(), List.of("filter 'log': no such directory")));
        assertThatThrownBy(() -> run(file("vendor", "1.1.0")))
                .isInstanceOf(AdminException.class)
                .hasMessageContaining("does not serve filter 'log'")
                .hasMessageContaining("no such directory");
        assertThat(framework.states("vendor")).containsExactly("1.0.0 active");
    }

    @Test
    void shouldLeaveTheOldVersionAloneWhenItIsCancelled() throws Exception {
        run(file("vendor", "1.0.0"));
        Upgrade upgrade = new Upgrade(
                framework.context(),
                id -> {
                    if (framework.states("vendor").contains("1.1.0 active")) {
                        Thread.currentThread().interrupt();
                    }
                    return new Usage(1, List.of("filter 'log'"), List.of());
                },
                60_000);
        BundleFile next = file("vendor", "1.1.0");
        try {
            assertThatThrownBy(() -> upgrade.run(next, framework.progress::add)).isInstanceOf(AdminException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(framework.states("vendor")).containsExactly("1.0.0 active");
    }

    @Test
    void shouldSayHowManySessionsHaveMoved() throws Exception {
        run(file("vendor", "1.0.0"));
        framework.usages.put("vendor 1.0.0", new Usage(2, List.of(), List.of()));
        assertThat(run(file("vendor", "1.1.0"))).isFalse();
        assertThat(framework.progress)
                .contains("0 of 2 sessions moved", "vendor 1.0.0 stays until the others have moved too");
        assertThat(framework.states("vendor")).containsExactly("1.0.0 active", "1.1.0 active");
    }

    @Test
    void shouldRefuseTheSameVersion() throws Exception {
        run(file("vendor", "1.0.0"));
        assertThatThrownBy(() -> run(file("vendor", "1.0.0")))
                .isInstanceOf(AdminException.class)
                .hasMessageContaining("installed already")
                .hasMessageContaining("higher Bundle-Version");
    }

    @Test
    void shouldRefuseThePlatform() throws Exception {
        assertThatThrownBy(() -> run(file("org.penstock.api", "9.0.0")))
                .isInstanceOf(AdminException.class)
                .hasMessageContaining("part of the platform");
        assertThat(framework.context().getBundles()).hasSize(1);
    }

    @Test
    void shouldRefuseASecondVersionOfAPackageOfThePlatform() throws Exception {
        framework.system("org.penstock.api", "0.1.0", "Export-Package", "org.penstock.api.filter;version=0.1");
        assertThatThrownBy(() ->
                        run(file("vendor", "1.0.0", "Export-Package", "x,org.penstock.api.filter;version=\"0.2\"")))
                .isInstanceOf(AdminException.class)
                .hasMessageContaining("exports the package org.penstock.api.filter, which org.penstock.api offers");
        assertThat(framework.states("vendor")).isEmpty();
    }

    @Test
    void shouldRefuseWhatWouldRefreshThePlatform() throws Exception {
        framework.system("vendor", "1.0.0", "Export-Package", "vendor.codec");
        framework.system("io.netty.common", "4.2.18", "Import-Package", "vendor.codec");
        assertThatThrownBy(() -> run(file("vendor", "1.1.0", "Export-Package", "vendor.codec")))
                .isInstanceOf(AdminException.class)
                .hasMessageContaining("would stop the platform")
                .hasMessageContaining("io.netty.common");
        assertThat(framework.states("vendor")).containsExactly("1.0.0 active");
    }

    @Test
    void shouldRewireModulesThatUseTheOldVersion() throws Exception {
        run(file("lib", "1.0.0", "Export-Package", "vendor.lib"));
        run(file("user", "1.0.0", "Import-Package", "vendor.lib"));
        run(file("lib", "1.1.0", "Export-Package", "vendor.lib"));
        assertThat(framework.progress).contains("refreshing user 1.0.0");
        assertThat(framework.states("user")).containsExactly("1.0.0 active");
        assertThat(framework.states("lib")).containsExactly("1.1.0 active");
    }

    @Test
    void shouldTakeBackWhatDoesNotStart() throws Exception {
        assertThatThrownBy(() -> run(file("vendor", "1.0.0", "Bundle-Activator", "no.such.Activator")))
                .isInstanceOf(AdminException.class)
                .hasMessageContaining("vendor 1.0.0 does not start")
                .hasMessageContaining("no.such.Activator");
        assertThat(framework.states("vendor")).isEmpty();
    }

    @Test
    void shouldNameFilesThatAreNoBundles() throws Exception {
        Path text = Files.writeString(root.resolve("x.jar"), "no jar");
        assertThatThrownBy(() -> BundleFile.read(text))
                .isInstanceOf(AdminException.class)
                .hasMessageContaining("x.jar cannot be read as a bundle");
    }

    @Test
    void shouldReadManifestClauses() {
        assertThat(ManifestClauses.paths("a;b;version=\"[1,2)\";uses:=\"x,y\", c ;d:=e"))
                .containsExactly("a", "b", "c");
        assertThat(ManifestClauses.paths("name;singleton:=true")).containsExactly("name");
    }
}
