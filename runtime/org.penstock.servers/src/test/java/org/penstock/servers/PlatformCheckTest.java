package org.penstock.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformCheckTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "Mac OS X, aarch64, false, this is Mac OS X",
        "Windows 11, amd64, false, this is Windows 11",
        "Linux, aarch64, true, this is Linux on aarch64",
        "Linux, amd64, false, no glibc loader"
    })
    void shouldNameWhatIsMissingWhenThePlatformIsAnother(String os, String arch, boolean glibc, String named) {
        assertThatThrownBy(() -> PlatformCheck.system(os, arch, glibc))
                .isInstanceOf(ServersUnavailableException.class)
                .hasMessageContaining(named)
                .hasMessageContaining("--servers host:port");
    }

    @Test
    void shouldAcceptLinuxOnX86WithGlibc() {
        assertThatCode(() -> PlatformCheck.system("Linux", "amd64", true)).doesNotThrowAnyException();
    }

    @Test
    void shouldFindTheNamesOfMissingLibrariesOnce() {
        assertThat(
                        PlatformCheck.missing(
                                """
                        mariadbd: error while loading shared libraries: libcrypt.so.1: cannot open shared object file
                        \tlibcrypt.so.1 => not found
                        \tlibsystemd.so.0 => not found
                        \tlibm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x00007f0b82920000)
                        """))
                .containsExactly("libcrypt.so.1", "libsystemd.so.0");
    }

    @Test
    void shouldNameThePackageWhenTheLoaderRefusesTheProgram() throws IOException {
        Path program =
                program("echo 'x: error while loading shared libraries: libcrypt.so.1: no such file' >&2; exit 127");
        assertThatThrownBy(() -> PlatformCheck.libraries(program))
                .isInstanceOfSatisfying(ServersUnavailableException.class, e -> {
                    assertThat(e.problem()).contains("libcrypt.so.1");
                    assertThat(e.remedy()).contains("libxcrypt-compat").contains("own servers");
                });
    }

    @Test
    void shouldPassOnWhatTheProgramSaysWhenItFailsOtherwise() throws IOException {
        Path program = program("echo Illegal instruction; exit 4");
        assertThatThrownBy(() -> PlatformCheck.libraries(program))
                .isInstanceOf(ServersUnavailableException.class)
                .hasMessageContaining("Illegal instruction");
    }

    private Path program(String script) throws IOException {
        Path program = Files.writeString(directory.resolve("program"), "#!/bin/sh\n" + script + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }
}
