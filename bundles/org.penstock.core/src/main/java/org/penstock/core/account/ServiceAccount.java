package org.penstock.core.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.penstock.api.account.Account;
import org.penstock.api.account.AccountSet;
import org.penstock.core.service.AccountSettings;

/** The service's own account as one that clients may log in with, for when no server has said who may. */
final class ServiceAccount {
    private static final String PLUGIN = "mysql_native_password";

    private ServiceAccount() {}

    /** That account alone; nobody when {@code inject_service_user} is off. */
    static AccountSet only(AccountSettings settings) {
        return with(AccountSet.EMPTY, settings);
    }

    /** That account beside others, unless they have one of its name. */
    static AccountSet with(AccountSet accounts, AccountSettings settings) {
        boolean known =
                accounts.accounts().stream().anyMatch(account -> account.user().equals(settings.user()));
        if (!settings.injectServiceUser() || settings.user().isEmpty() || known) {
            return accounts;
        }
        String proof = proof(settings.password());
        List<Account> all = new ArrayList<>(accounts.accounts());
        for (String host : List.of("%", "localhost")) {
            all.add(new Account(settings.user(), host, PLUGIN, proof, true, Set.of()));
        }
        return new AccountSet(all, accounts.grants(), accounts.databases(), accounts.missing());
    }

    /** Whether an account is the one that was put beside others. */
    static boolean isInjected(Account account, AccountSettings settings) {
        return account.user().equals(settings.user())
                && account.anyDatabase()
                && account.authentication().equals(proof(settings.password()));
    }

    /** What servers store for a password: an asterisk and the hexadecimal digits of its doubled SHA-1; nothing for none. */
    static String proof(String password) {
        if (password.isEmpty()) {
            return "";
        }
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            byte[] once = sha1.digest(password.getBytes(StandardCharsets.UTF_8));
            return "*" + HexFormat.of().withUpperCase().formatHex(sha1.digest(once));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
