package org.penstock.api.account;

import java.util.List;
import java.util.Set;

/**
 * The accounts of one or more servers, what they are granted, and the names of the servers' databases.
 *
 * @param accounts in the servers' order
 * @param grants on databases, by user and host
 * @param databases names of existing databases; empty when the reader may not see them
 * @param missing statements that would let the reader see what it did not see
 */
public record AccountSet(
        List<Account> accounts, List<DatabaseGrant> grants, Set<String> databases, List<String> missing) {
    /** Most accounts of one set. */
    public static final int MAX_ACCOUNTS = 1_000_000;

    /** Most grants of one set. */
    public static final int MAX_GRANTS = 4_000_000;

    public static final AccountSet EMPTY = new AccountSet(List.of(), Set.of());

    public AccountSet {
        accounts = List.copyOf(accounts);
        grants = List.copyOf(grants);
        databases = Set.copyOf(databases);
        missing = List.copyOf(missing);
    }

    /** Accounts of a reader that has seen everything. */
    public AccountSet(List<Account> accounts, List<DatabaseGrant> grants, Set<String> databases) {
        this(accounts, grants, databases, List.of());
    }

    /** Accounts that have no grants but their own. */
    public AccountSet(List<Account> accounts, Set<String> databases) {
        this(accounts, List.of(), databases);
    }
}
