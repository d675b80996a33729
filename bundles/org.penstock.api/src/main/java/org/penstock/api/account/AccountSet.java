package org.penstock.api.account;

import java.util.List;
import java.util.Set;

/**
 * The accounts of one or more servers and the names of their databases.
 *
 * @param accounts in the servers' order
 * @param databases names of existing databases; empty when the reader may not see them
 */
public record AccountSet(List<Account> accounts, Set<String> databases) {
    /** Most accounts of one set. */
    public static final int MAX_ACCOUNTS = 1_000_000;

    public static final AccountSet EMPTY = new AccountSet(List.of(), Set.of());

    public AccountSet {
        accounts = List.copyOf(accounts);
        databases = Set.copyOf(databases);
    }
}
