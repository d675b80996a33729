package org.penstock.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.account.Account;
import org.penstock.api.account.AccountSet;
import org.penstock.api.account.DatabaseGrant;

class AccountCacheTest {
    private static final AccountSet ACCOUNTS = new AccountSet(
            List.of(
                    new Account("ü", "10.%", "mysql_native_password", "*ABC", false, Set.of("a", "b")),
                    new Account(
                            "",
                            "localhost",
                            List.of(new Account.Method("a", "b"), new Account.Method("", "")),
                            Set.of(Account.Restriction.LOCKED, Account.Restriction.TLS),
                            true,
                            Set.of(),
                            new Account.TlsDemand("cipher", "/CN=i", "/CN=s"))),
            List.of(new DatabaseGrant("ü", "%", "a\\_b", true), new DatabaseGrant("", "10.%", "c", false)),
            Set.of("a", "b", "c"));

    @TempDir
    private Path directory;

    private AccountCache cache() {
        return new AccountCache(AccountRooms.cacheFile(directory, "my service"));
    }

    @Test
    void shouldReadWhatWasWritten() throws IOException {
        cache().write(AccountSet.EMPTY);
        cache().write(ACCOUNTS);
        assertThat(cache().read()).isEqualTo(ACCOUNTS);
    }

    @Test
    void shouldHaveNothingBeforeFirstWrite() throws IOException {
        assertThat(cache().read()).isNull();
    }

    @Test
    void shouldBeForItsOwnerOnly() throws IOException {
        cache().write(ACCOUNTS);
        Path file = cache().file();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file.getParent()).hasFileName("my%20service");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void shouldRefuseEveryTruncationAndEveryChangedByte() throws IOException {
        cache().write(ACCOUNTS);
        Path file = cache().file();
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length; i++) {
            Files.write(file, Arrays.copyOf(good, i));
            assertThatThrownBy(() -> cache().read()).as("truncated at %d", i).isInstanceOf(IOException.class);
            byte[] changed = good.clone();
            changed[i] ^= 0x10;
            Files.write(file, changed);
            assertThatThrownBy(() -> cache().read()).as("changed at %d", i).isInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldStayInsideTheCacheDirectory() {
        assertThat(AccountRooms.cacheFile(directory, "../x/y")
                        .normalize()
                        .getParent()
                        .getParent())
                .isEqualTo(directory);
    }
}
