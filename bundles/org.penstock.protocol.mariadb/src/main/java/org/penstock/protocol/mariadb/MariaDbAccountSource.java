package org.penstock.protocol.mariadb;

import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.account.AccountSet;
import org.penstock.api.account.AccountSource;
import org.penstock.api.server.ServiceConnection;

/** Reads the accounts of MariaDB and MySQL servers from their grant tables. What 2.1 did not need to read may be refused by the server without harm. */
@Component(
        service = AccountSource.class,
        property = {
            "penstock.protocol=MySQLClient",
            "penstock.protocol=MySQLBackend",
            "penstock.protocol=mariadbclient",
            "penstock.protocol=mariadbbackend",
            "penstock.protocol=mariadb",
            "penstock.protocol=mariadbprotocol",
            "penstock.protocol=mysql"
        })
public final class MariaDbAccountSource implements AccountSource {
    @Override
    public CompletionStage<AccountSet> load(ServiceConnection connection) {
        return new GrantQuestions(connection).reader().thenCompose(asked -> asked.optional(AccountQueries.VERSION, "")
                .thenCompose(version -> {
                    String text = version.size() == 0 ? "" : version.text(0, "version");
                    return new AccountReader(asked, AccountQueries.of(text)).load();
                }));
    }
}
