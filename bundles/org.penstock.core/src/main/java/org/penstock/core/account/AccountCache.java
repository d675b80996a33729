package org.penstock.core.account;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.account.Account.Restriction;
import org.penstock.api.account.AccountSet;
import org.penstock.api.account.DatabaseGrant;
import org.penstock.api.annotation.Blocking;

/**
 * The copy of a service's accounts on disk. It holds the servers' stored proofs, so only its owner may read it.
 *
 * <pre>
 * int32 magic, int32 version
 * int32 n, n texts                  databases
 * int32 n, n grants                 text user, host, database; bool exact
 * int32 n, n accounts               text user, host; int32 n, n methods; int32 n, n texts (restrictions); bool anyDatabase; int32 n, n texts;
 *                                   text cipher, issuer, subject
 * int64 CRC-32 of all before
 * method: text plugin, authentication
 * text: int32 length, UTF-8
 * </pre>
 */
@Blocking
final class AccountCache {
    /** Most bytes of one text. */
    static final int MAX_TEXT = 64 * 1024;

    /** Most bytes of a file that is read. */
    static final long MAX_FILE = 512L << 20;

    private static final int MAGIC = 0x50534143;
    private static final int VERSION = 3;
    private static final int MAX_DATABASES = 1_000_000;

    private final Path file;

    AccountCache(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /** Replaces the copy atomically. */
    void write(AccountSet accounts) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rwx------");
        if (directory == null) {
            throw new IOException("no directory: " + file);
        }
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(owner));
        Path next = Files.createTempFile(
                directory,
                "accounts",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            try (OutputStream stream = Files.newOutputStream(next)) {
                write(accounts, stream);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /**
     * The copy, or null when there is none.
     *
     * @throws IOException when it cannot be read, is damaged or of another version
     */
    @Nullable
    AccountSet read() throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        if (Files.size(file) > MAX_FILE) {
            throw new IOException(file + ": expected at most " + MAX_FILE + " bytes");
        }
        CheckedInputStream checked =
                new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file)), new CRC32());
        try (DataInputStream in = new DataInputStream(checked)) {
            if (in.readInt() != MAGIC || in.readInt() != VERSION) {
                throw new IOException(file + ": not a copy of accounts of version " + VERSION);
            }
            Set<String> databases = readTexts(in, MAX_DATABASES);
            List<DatabaseGrant> grants = readGrants(in);
            List<Account> accounts = readAccounts(in);
            long sum = checked.getChecksum().getValue();
            if (in.readLong() != sum) {
                throw new IOException(file + ": damaged");
            }
            return new AccountSet(accounts, grants, databases);
        }
    }

    private static void write(AccountSet accounts, OutputStream stream) throws IOException {
        CheckedOutputStream checked = new CheckedOutputStream(new BufferedOutputStream(stream), new CRC32());
        try (DataOutputStream out = new DataOutputStream(checked)) {
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            writeTexts(out, accounts.databases());
            out.writeInt(accounts.grants().size());
            for (DatabaseGrant grant : accounts.grants()) {
                writeText(out, grant.user());
                writeText(out, grant.host());
                writeText(out, grant.database());
                out.writeBoolean(grant.exact());
            }
            out.writeInt(accounts.accounts().size());
            for (Account account : accounts.accounts()) {
                writeAccount(out, account);
            }
            out.writeLong(checked.getChecksum().getValue());
        }
    }

    private static void writeAccount(DataOutputStream out, Account account) throws IOException {
        writeText(out, account.user());
        writeText(out, account.host());
        out.writeInt(account.methods().size());
        for (Account.Method method : account.methods()) {
            writeText(out, method.plugin());
            writeText(out, method.authentication());
        }
        writeTexts(out, account.restrictions().stream().map(Restriction::name).collect(Collectors.toSet()));
        out.writeBoolean(account.anyDatabase());
        writeTexts(out, account.databases());
        writeText(out, account.tls().cipher());
        writeText(out, account.tls().issuer());
        writeText(out, account.tls().subject());
    }

    private static void writeTexts(DataOutputStream out, Set<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            writeText(out, text);
        }
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_TEXT) {
            throw new IOException("text of " + bytes.length + " bytes, expected at most " + MAX_TEXT);
        }
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private List<DatabaseGrant> readGrants(DataInputStream in) throws IOException {
        int count = count(in, AccountSet.MAX_GRANTS);
        List<DatabaseGrant> grants = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            grants.add(new DatabaseGrant(readText(in), readText(in), readText(in), in.readBoolean()));
        }
        return grants;
    }

    private List<Account> readAccounts(DataInputStream in) throws IOException {
        int count = count(in, AccountSet.MAX_ACCOUNTS);
        List<Account> accounts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String user = readText(in);
            String host = readText(in);
            List<Account.Method> methods = new ArrayList<>();
            for (int left = count(in, Account.MAX_METHODS); left > 0; left--) {
                methods.add(new Account.Method(readText(in), readText(in)));
            }
            if (methods.isEmpty()) {
                throw new IOException(file + ": an account without a method");
            }
            Set<Restriction> restrictions = readRestrictions(in);
            boolean anyDatabase = in.readBoolean();
            Set<String> granted = readTexts(in, MAX_DATABASES);
            Account.TlsDemand tls = new Account.TlsDemand(readText(in), readText(in), readText(in));
            accounts.add(new Account(user, host, methods, restrictions, anyDatabase, granted, tls));
        }
        return accounts;
    }

    private Set<Restriction> readRestrictions(DataInputStream in) throws IOException {
        Set<Restriction> restrictions = EnumSet.noneOf(Restriction.class);
        for (String name : readTexts(in, Restriction.values().length)) {
            try {
                restrictions.add(Restriction.valueOf(name));
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ": unknown restriction '" + name + "'", e);
            }
        }
        return restrictions;
    }

    private Set<String> readTexts(DataInputStream in, int most) throws IOException {
        int count = count(in, most);
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < count; i++) {
            texts.add(readText(in));
        }
        return texts;
    }

    private String readText(DataInputStream in) throws IOException {
        byte[] bytes = new byte[count(in, MAX_TEXT)];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private int count(DataInputStream in, int most) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > most) {
            throw new IOException(file + ": expected 0 to " + most + ", got " + count);
        }
        return count;
    }
}
