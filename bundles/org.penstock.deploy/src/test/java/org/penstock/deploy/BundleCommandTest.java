package org.penstock.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.penstock.api.admin.AdminException;

class BundleCommandTest {
    @TempDir
    private Path root;

    private final ThreadIOImpl io = new ThreadIOImpl();
    private TestFramework framework;
    private CommandSession session;

    @BeforeEach
    void open() throws Exception {
        io.start();
        framework = new TestFramework(root);
        CommandProcessorImpl gogo = new CommandProcessorImpl(io);
        BundleCommand command = new BundleCommand(framework.context());
        for (String verb : new String[] {"install", "update", "uninstall", "refresh"}) {
            gogo.addCommand("penstock", command, verb);
        }
        gogo.addCommand("mod", new ModCommand(framework.context(), new Deployer(framework.context())), "list");
        session = gogo.createSession(
                InputStream.nullInputStream(), OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
        session.put("SCOPE", "penstock:felix:gogo:*");
    }

    @AfterEach
    void close() throws Exception {
        session.close();
        framework.close();
        io.stop();
    }

    private String run(String line) throws Exception {
        return String.valueOf(session.execute(line));
    }

    @Test
    void shouldInstallUpdateAndUninstall() throws Exception {
        Path one = TestFramework.jar(root, "vendor", "1.0.0");
        Path two = TestFramework.jar(root, "vendor", "2.0.0");
        assertThat(run("install file:" + one)).startsWith("Bundle ID: 1").contains("the next start forgets this");
        assertThat(run("update 1 " + two)).startsWith("bundle 1 is vendor 2.0.0");
        assertThat(run("update vendor " + one.toUri())).startsWith("bundle 1 is vendor 1.0.0");
        assertThat(run("refresh vendor")).isEqualTo("refreshed vendor");
        assertThat(run("uninstall 1")).startsWith("1 uninstalled");
        assertThat(framework.states("vendor")).isEmpty();
    }

    @Test
    void shouldKeepAwayFromThePlatform() throws Exception {
        Bundle api = framework.system("org.penstock.api", "0.1.0", "Export-Package", "org.penstock.api.filter");
        framework.system("vendor", "1.0.0", "Import-Package", "org.penstock.api.filter");
        for (String line : new String[] {"update org.penstock.api", "uninstall " + api.getBundleId(), "refresh 0"}) {
            assertThatThrownBy(() -> run(line))
                    .isInstanceOf(AdminException.class)
                    .hasMessageContaining("part of the platform");
        }
        Path second = TestFramework.jar(root, "other.api", "1.0.0", "Export-Package", "org.penstock.api.filter");
        assertThatThrownBy(() -> run("install " + second))
                .isInstanceOf(AdminException.class)
                .hasMessageContaining("which org.penstock.api offers");
        assertThat(framework.states("other.api")).isEmpty();
    }

    @Test
    void shouldSayWhatIsNotThere() {
        assertThatThrownBy(() -> run("update 99")).hasMessage("no bundle 99; 'lb' lists them");
        assertThatThrownBy(() -> run("install /nowhere/x.jar")).hasMessage("there is no file /nowhere/x.jar");
        assertThatThrownBy(() -> run("refresh")).hasMessage("which bundles? 'lb' shows their ids");
    }

    @Test
    void shouldListWhatCanBeUpgraded() throws Exception {
        framework.system("org.penstock.api", "0.1.0");
        framework.system("vendor", "1.0.0");
        assertThat(run("mod:list"))
                .contains("| vendor")
                .contains("| 1.0.0")
                .contains("system/")
                .doesNotContain("org.penstock.api");
    }
}
