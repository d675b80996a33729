package org.penstock.core.account;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.api.account.Account;

/** Accounts that stand in for those which do not exist, so that a login takes the same steps for both. Immutable. */
final class StandIns {
    /** Spreads the hashes of names that differ little. */
    private static final int SPREAD = 0x9E3779B1;

    private final List<Account> accounts;

    private StandIns(List<Account> accounts) {
        this.accounts = List.copyOf(accounts);
    }

    static StandIns of(List<Account> accounts) {
        List<Account> sorted = new ArrayList<>(accounts);
        sorted.sort(Comparator.comparing(Account::user).thenComparing(Account::host));
        return new StandIns(sorted);
    }

    /** Always the same for one name while the accounts stay the same; null when there are none. */
    @Nullable
    Account of(String user) {
        return accounts.isEmpty()
                ? null
                : accounts.get(Math.floorMod((user.hashCode() * SPREAD) >>> 1, accounts.size()));
    }
}
