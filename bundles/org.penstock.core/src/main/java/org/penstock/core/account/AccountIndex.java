package org.penstock.core.account;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;
import org.penstock.api.account.AccountSet;
import org.penstock.api.account.DatabaseGrant;
import org.penstock.api.annotation.AnyThread;
import org.penstock.api.error.SqlError;
import org.penstock.core.service.AccountSettings;

/** The accounts of one service, arranged for logins. Immutable. */
@AnyThread
public final class AccountIndex {
    private static final String ROOT = "root";
    private static final String INFORMATION_SCHEMA = "information_schema";

    private record Entry(HostPattern host, Account account) {}

    /** A database that clients from some hosts may have. */
    private record Granted(HostPattern host, String database, boolean exact) {
        boolean covers(ClientAddress client, String name) {
            return (exact ? database.equals(name) : WildPattern.matches(database, name)) && host.matches(client, true);
        }
    }

    private final AccountSettings settings;
    private final Map<String, List<Entry>> byUser;
    private final Map<String, List<Granted>> grants;
    private final List<HostPattern> hosts;
    private final StandIns standIns;
    private final Set<String> databases;
    private final int size;

    private AccountIndex(
            AccountSettings settings,
            Map<String, List<Entry>> byUser,
            Map<String, List<Granted>> grants,
            Set<String> databases,
            int size) {
        this.settings = settings;
        this.byUser = byUser;
        this.grants = grants;
        this.databases = databases;
        this.size = size;
        Set<HostPattern> distinct = new LinkedHashSet<>();
        byUser.values().forEach(entries -> entries.forEach(entry -> distinct.add(entry.host())));
        this.hosts = List.copyOf(distinct);
        List<Account> first = new ArrayList<>();
        byUser.values().forEach(entries -> first.add(entries.get(0).account()));
        this.standIns = StandIns.of(first);
    }

    /** An index without accounts. */
    public static AccountIndex empty(AccountSettings settings) {
        return of(AccountSet.EMPTY, settings);
    }

    public static AccountIndex of(AccountSet accounts, AccountSettings settings) {
        Map<String, List<Entry>> byUser = new HashMap<>();
        int size = 0;
        for (Account account : accounts.accounts()) {
            if (settings.enableRoot() || !account.user().equals(ROOT)) {
                byUser.computeIfAbsent(account.user(), user -> new ArrayList<>())
                        .add(new Entry(HostPattern.of(account.host()), normal(account, settings)));
                size++;
            }
        }
        byUser.replaceAll((user, entries) -> {
            Collections.sort(entries, (a, b) -> a.host().compareTo(b.host()));
            return List.copyOf(entries);
        });
        Set<String> databases = new HashSet<>();
        accounts.databases().forEach(database -> databases.add(settings.comparable(database)));
        return new AccountIndex(settings, byUser, grants(accounts, settings), Set.copyOf(databases), size);
    }

    private static Map<String, List<Granted>> grants(AccountSet accounts, AccountSettings settings) {
        Map<String, List<Granted>> grants = new HashMap<>();
        for (DatabaseGrant grant : accounts.grants()) {
            String name = grant.exact() ? settings.comparable(grant.database()) : pattern(grant.database(), settings);
            grants.computeIfAbsent(grant.user(), user -> new ArrayList<>())
                    .add(new Granted(HostPattern.of(grant.host()), name, grant.exact()));
        }
        return grants;
    }

    private static String pattern(String database, AccountSettings settings) {
        return settings.comparable(settings.stripEscapes() ? database.replace("\\", "") : database);
    }

    /** The accounts of several servers as one; of the same user and host the first counts, with the databases of all. */
    public static AccountSet union(List<AccountSet> sets) {
        Map<String, Account> accounts = new LinkedHashMap<>();
        Set<DatabaseGrant> grants = new LinkedHashSet<>();
        Set<String> databases = new HashSet<>();
        Set<String> missing = new LinkedHashSet<>();
        for (AccountSet set : sets) {
            databases.addAll(set.databases());
            missing.addAll(set.missing());
            grants.addAll(set.grants());
            set.accounts().forEach(account -> accounts.merge(account.toString(), account, AccountIndex::both));
        }
        return new AccountSet(List.copyOf(accounts.values()), List.copyOf(grants), databases, List.copyOf(missing));
    }

    /**
     * The account that a server would choose: that of the most specific host which matches; of one host the named before the anonymous.
     *
     * @param user name that the client gave
     * @param address numeric address, or {@code localhost} for a unix socket
     * @param name resolved name of the address, or null
     * @return null when no account matches
     */
    public @Nullable Account match(String user, String address, @Nullable String name) {
        ClientAddress client = ClientAddress.of(address, name);
        Entry named = first(user, client);
        Entry anonymous = user.isEmpty() ? null : first("", client);
        if (named == null || anonymous == null) {
            Entry found = named == null ? anonymous : named;
            return found == null ? null : found.account();
        }
        return anonymous.host().isNarrowerThan(named.host()) ? anonymous.account() : named.account();
    }

    /** Whether any account of any user admits that address. */
    public boolean hostAllowed(String address, @Nullable String name) {
        ClientAddress client = ClientAddress.of(address, name);
        return hosts.stream().anyMatch(host -> host.matches(client, settings.localhostMatchesWildcard()));
    }

    /** Whether accounts of that user, or anonymous ones, name hosts, so that the address's name should be looked up. */
    public boolean needsName(String user) {
        return anyNeedsName(user) || anyNeedsName("");
    }

    /**
     * Why a client may not have a default database, in the order in which MariaDB looks: the grant first, then the database.
     *
     * @param address numeric, or {@code localhost} for a unix socket
     * @param name resolved name of the address, or null
     * @return null when it may
     */
    public @Nullable SqlError databaseCheck(Account account, String database, String address, @Nullable String name) {
        if (database.toLowerCase(Locale.ROOT).equals(INFORMATION_SCHEMA)) {
            return null;
        }
        String compared = settings.comparable(database);
        if (!isGranted(account, compared, ClientAddress.of(address, name))) {
            return LoginErrors.databaseDenied(account, database);
        }
        return databases.isEmpty() || databases.contains(compared) ? null : LoginErrors.unknownDatabase(database);
    }

    private boolean isGranted(Account account, String database, ClientAddress client) {
        return account.anyDatabase()
                || account.databases().stream().anyMatch(pattern -> WildPattern.matches(pattern, database))
                || grantsOf(account.user()).anyMatch(granted -> granted.covers(client, database));
    }

    /** A grant to the user without a name is one to everybody. */
    private Stream<Granted> grantsOf(String user) {
        List<Granted> common = grants.getOrDefault("", List.of());
        return user.isEmpty()
                ? common.stream()
                : Stream.concat(
                        grants.getOrDefault(user, List.of()).stream(),
                        common.stream().filter(granted -> !granted.exact()));
    }

    /** An account whose authentication is gone through for a user that has none, always the same for one name; null when there are no accounts. */
    public @Nullable Account standIn(String user) {
        return standIns.of(user);
    }

    /** Number of accounts. */
    public int size() {
        return size;
    }

    /** Names of databases that exist; empty when they are not known. */
    public Set<String> databases() {
        return databases;
    }

    private @Nullable Entry first(String user, ClientAddress client) {
        for (Entry entry : byUser.getOrDefault(user, List.of())) {
            if (entry.host().matches(client, settings.localhostMatchesWildcard())) {
                return entry;
            }
        }
        return null;
    }

    private boolean anyNeedsName(String user) {
        return byUser.getOrDefault(user, List.of()).stream()
                .anyMatch(entry -> entry.host().needsName());
    }

    private static Account normal(Account account, AccountSettings settings) {
        Set<String> patterns = new HashSet<>();
        account.databases().forEach(database -> patterns.add(settings.comparable(database)));
        return with(account, account.anyDatabase(), patterns);
    }

    private static Account both(Account first, Account second) {
        Set<String> databases = new HashSet<>(first.databases());
        databases.addAll(second.databases());
        return with(first, first.anyDatabase() || second.anyDatabase(), databases);
    }

    private static Account with(Account account, boolean anyDatabase, Set<String> databases) {
        return new Account(
                account.user(), account.host(), account.methods(), account.restrictions(), anyDatabase, databases);
    }
}
