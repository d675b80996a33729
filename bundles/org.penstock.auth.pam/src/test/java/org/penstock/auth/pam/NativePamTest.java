package org.penstock.auth.pam;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against Linux-PAM itself, with services of its own. */
class NativePamTest {
    @TempDir
    Path services;

    private NativePam pam = new NativePam();

    @BeforeEach
    void makeServices() throws IOException {
        pam = new NativePam(NativePam.LIBRARY, services);
        Path check = services.resolve("check.sh");
        // pam_exec asks for the password and hands it over with a NUL behind it.
        Files.writeString(
                check, "#!/bin/sh\npassword=$(tr -d '\\000')\n[ \"$PAM_USER/$password\" = 'app/g\u00e9heim' ]\n");
        Files.setPosixFilePermissions(check, PosixFilePermissions.fromString("rwx------"));
        service("secret", "auth required pam_exec.so expose_authtok " + check, "account required pam_permit.so");
        service("refused", "auth required pam_permit.so", "account required pam_deny.so");
        service(
                "slow",
                "auth optional pam_faildelay.so delay=20000000",
                "auth required pam_deny.so",
                "account required pam_permit.so");
    }

    private void service(String name, String... lines) throws IOException {
        Files.write(services.resolve(name), List.of(lines));
    }

    private Pam.Result ask(String service, String... answers) {
        return pam.ask(new Pam.Question(
                service,
                "app",
                "192.0.2.1",
                List.of(answers).stream().map(answer -> answer.getBytes(UTF_8)).toList()));
    }

    @Test
    void shouldAcceptRightPassword() {
        assertThat(ask("secret", "g\u00e9heim")).isEqualTo(new Pam.Result(true, "app", ""));
    }

    @Test
    void shouldRefuseWrongPasswordWithPamsReason() {
        Pam.Result result = ask("secret", "wrong");
        assertThat(result.accepted()).isFalse();
        assertThat(result.detail()).isNotBlank().doesNotContain("wrong");
    }

    @Test
    void shouldNamePromptThatHasNoAnswer() {
        Pam.Result result = ask("secret");
        assertThat(result.accepted()).isFalse();
        assertThat(result.detail()).contains("PAM asks 'Password:'").contains("pam_mode");
    }

    @Test
    void shouldRefuseAccountThatPamBars() {
        assertThat(ask("refused", "any").accepted()).isFalse();
    }

    @Test
    void shouldRefuseServiceThatIsNotThere() {
        assertThat(ask("nowhere", "any").accepted()).isFalse();
    }

    @Test
    void shouldNotHoldItsThreadAfterFailure() {
        long begun = System.nanoTime();
        assertThat(ask("slow", "any").accepted()).isFalse();
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun)).isLessThan(10);
    }

    @Test
    void shouldServeSeveralThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> results = IntStream.range(0, 24)
                    .mapToObj(i -> threads.submit(() ->
                            ask("secret", i % 2 == 0 ? "g\u00e9heim" : "no").accepted()))
                    .toList();
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get(30, TimeUnit.SECONDS)).isEqualTo(i % 2 == 0);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void shouldSayWhichLibraryIsMissing() {
        assertThatThrownBy(() -> new NativePam("libnowhere.so.9", null)
                        .ask(new Pam.Question("secret", "app", "192.0.2.1", List.of())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("libnowhere.so.9")
                .hasMessageContaining("libpam0g");
    }
}
