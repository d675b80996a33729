package org.penstock.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.penstock.api.admin.AdminException;
import org.penstock.api.admin.BundleUsage.Usage;

class DeployFolderTest {
    private static final Usage NONE = new Usage(0, List.of(), List.of());
    private static final Usage SERVING = new Usage(3, List.of("filter 'log'"), List.of());

    @TempDir
    private Path root;

    private TestFramework framework;
    private DeployFolder folder;

    @BeforeEach
    void open() throws Exception {
        framework = new TestFramework(root);
        folder = framework.deployFolder();
    }

    @AfterEach
    void close() throws Exception {
        framework.close();
    }

    private Path drop(String name, String version, String... headers) throws IOException {
        return TestFramework.jar(framework.folder, name, version, headers);
    }

    /** Twice, since a file must be the same at two looks. */
    private void scan() throws IOException {
        folder.scan();
        folder.scan();
    }

    @Test
    void shouldStartAJarOnlyWhenItStoppedGrowing() throws Exception {
        Path jar = drop("vendor", "1.0.0");
        folder.scan();
        assertThat(framework.states("vendor")).isEmpty();
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000));
        folder.scan();
        assertThat(framework.states("vendor")).isEmpty();
        folder.scan();
        assertThat(framework.states("vendor")).containsExactly("1.0.0 active");
    }

    @Test
    void shouldStartAtOnceWhatWasThereBefore() throws Exception {
        Files.setLastModifiedTime(drop("vendor", "1.0.0"), FileTime.fromMillis(1_000));
        folder.scan();
        assertThat(framework.states("vendor")).containsExactly("1.0.0 active");
    }

    @Test
    void shouldUninstallWhatIsRemoved() throws Exception {
        Path jar = drop("vendor", "1.0.0");
        scan();
        Files.delete(jar);
        folder.scan();
        assertThat(framework.states("vendor")).isEmpty();
    }

    @Test
    void shouldRefuseWhatDoesNotResolveUntilItDoes() throws Exception {
        Path jar = drop("vendor", "1.0.0", "Import-Package", "vendor.lib;version=\"[2,3)\"");
        scan();
        assertThat(framework.states("vendor")).isEmpty();
        assertThatThrownBy(() -> framework.upgrade().run(BundleFile.read(jar), framework.progress::add))
                .isInstanceOf(AdminException.class)
                .hasMessageContaining("vendor 1.0.0 does not resolve: no bundle offers package vendor.lib with ")
                .hasMessageContaining("(version>=2.0.0)");
        drop("lib", "1.0.0", "Export-Package", "vendor.lib;version=2.1");
        scan();
        assertThat(framework.states("vendor")).containsExactly("1.0.0 active");
    }

    @Test
    void shouldIgnoreWhatIsNoBundle() throws Exception {
        Files.writeString(framework.folder.resolve("junk.jar"), "junk");
        Files.writeString(framework.folder.resolve("readme.txt"), "text");
        drop("vendor", "1.0.0");
        scan();
        assertThat(framework.context().getBundles()).hasSize(2);
        assertThat(framework.states("vendor")).containsExactly("1.0.0 active");
    }

    @Test
    void shouldReplaceTheOldVersionWhenNoSessionUsesIt() throws Exception {
        drop("vendor", "1.0.0");
        scan();
        drop("vendor", "1.1.0");
        scan();
        assertThat(framework.states("vendor")).containsExactly("1.1.0 active");
    }

    @Test
    void shouldKeepTheOldVersionAsLongAsSessionsUseIt() throws Exception {
        drop("vendor", "1.0.0");
        scan();
        framework.usages.put("vendor 1.0.0", new Usage(2, List.of(), List.of()));
        drop("vendor", "1.1.0");
        scan();
        folder.scan();
        assertThat(framework.states("vendor")).containsExactly("1.0.0 active", "1.1.0 active");
        framework.usages.put("vendor 1.0.0", NONE);
        folder.scan();
        assertThat(framework.states("vendor")).containsExactly("1.1.0 active");
    }

    @Test
    void shouldGoBackWhenTheNewVersionIsRemoved() throws Exception {
        drop("vendor", "1.0.0");
        scan();
        Path jar = drop("vendor", "1.1.0");
        scan();
        framework.usages.put("vendor 1.1.0", SERVING);
        Files.delete(jar);
        scan();
        assertThat(framework.states("vendor")).containsExactly("1.0.0 active");
    }

    @Test
    void shouldUpdateInPlaceWhenOnlyTheContentChanges() throws Exception {
        drop("vendor", "1.0.0");
        scan();
        Bundle bundle = framework.context().getBundles()[1];
        drop("vendor", "1.0.0", "Bundle-Name", "changed");
        scan();
        assertThat(framework.states("vendor")).containsExactly("1.0.0 active");
        assertThat(bundle.getHeaders().get("Bundle-Name")).isEqualTo("changed");
    }

    @Test
    void shouldStopTheDistributionsVersionAndBringItBack() throws Exception {
        framework.system("vendor", "1.0.0");
        Path jar = drop("vendor", "1.1.0");
        scan();
        assertThat(framework.states("vendor")).containsExactly("1.0.0 stopped", "1.1.0 active");
        Files.delete(jar);
        scan();
        assertThat(framework.states("vendor")).containsExactly("1.0.0 active");
    }

    @Test
    void shouldNotReplaceTheDistributionsVersionByAnOlderOne() throws Exception {
        framework.system("vendor", "2.0.0");
        drop("vendor", "1.1.0");
        scan();
        assertThat(framework.states("vendor")).containsExactly("2.0.0 active");
    }

    @Test
    void shouldKeepAnUpgradeInTheFolder() throws Exception {
        framework.system("vendor", "1.0.0");
        framework.usages.put("vendor 1.0.0", new Usage(0, List.of(), List.of()));
        Path jar = TestFramework.jar(root, "vendor", "1.1.0");
        folder.add(jar, framework.progress::add);
        assertThat(framework.states("vendor")).containsExactly("1.0.0 stopped", "1.1.0 active");
        assertThat(framework.folder.toFile().list()).containsExactly("vendor-1.1.0.jar");
        assertThat(framework.progress)
                .anyMatch(line -> line.startsWith("copied to "))
                .contains(
                        "upgrading vendor 1.0.0 to 1.1.0, used by 0 sessions",
                        "0 of 0 sessions moved",
                        "vendor 1.0.0 stopped");
        scan();
        assertThat(framework.states("vendor")).containsExactly("1.0.0 stopped", "1.1.0 active");
    }

    @Test
    void shouldLeaveTheFolderAsItWasWhenAnUpgradeIsRefused() throws Exception {
        Path jar = TestFramework.jar(root, "vendor", "1.1.0", "Import-Package", "nowhere");
        assertThatThrownBy(() -> folder.add(jar, framework.progress::add)).isInstanceOf(AdminException.class);
        assertThat(framework.folder.toFile().list()).isEmpty();
    }
}
