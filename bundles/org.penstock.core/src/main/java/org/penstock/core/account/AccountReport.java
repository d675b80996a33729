package org.penstock.core.account;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.BackendException;
import org.penstock.api.error.SqlError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the log says of the loads of one service: each change once. */
final class AccountReport {
    private static final Logger LOG = LoggerFactory.getLogger(AccountReport.class);

    private static final int ACCESS_DENIED = 1045;

    /** Refusals for want of a privilege: on a database, a table, a column, a routine, in general. */
    private static final Set<Integer> NOT_GRANTED = Set.of(1044, 1142, 1143, 1370, 1227);

    private final String service;
    private @Nullable String lastFailure;
    private @Nullable String lastSuccess;
    private List<String> lastMissing = List.of();

    AccountReport(String service) {
        this.service = service;
    }

    synchronized void loaded(AccountLoader.Loaded loaded, int size) {
        for (BackendException failure : loaded.failures()) {
            LOG.debug("Accounts of service '{}': {}", service, failure.getMessage());
        }
        String success = size + " accounts from " + String.join(", ", loaded.servers());
        if (!success.equals(lastSuccess)) {
            LOG.info("Service '{}' has {}", service, success);
        }
        lastSuccess = success;
        lastFailure = null;
    }

    /** The grants that the service's account lacks, as statements; each change once, since what lacks is seen only in part. */
    synchronized void missing(List<String> statements) {
        if (!statements.equals(lastMissing) && !statements.isEmpty()) {
            LOG.warn(
                    "Service '{}' does not see all accounts; its own account needs: {};",
                    service,
                    String.join("; ", statements));
        }
        lastMissing = statements;
    }

    synchronized void failed(String user, Throwable failure) {
        String text = String.valueOf(failure.getMessage());
        if (!text.equals(lastFailure)) {
            LOG.warn(
                    "Accounts of service '{}' cannot be read, {}: {}{}",
                    service,
                    lastSuccess == null ? "only what is on disk is used" : "those read before stay in use",
                    text,
                    advice(user, failure));
        }
        lastFailure = text;
        lastSuccess = null;
    }

    /** What an operator can do about it. */
    static String advice(String user, Throwable failure) {
        SqlError error = failure instanceof BackendException backend ? backend.error() : null;
        if (error == null) {
            return "";
        }
        if (error.code() == ACCESS_DENIED) {
            return ". Check user and password of the service; the account needs this host in its name:"
                    + " CREATE USER '" + user + "'@'<host of Penstock>' IDENTIFIED BY '...'";
        }
        if (!NOT_GRANTED.contains(error.code())) {
            return "";
        }
        return ". Grant what reading accounts takes: GRANT SELECT ON mysql.* TO '" + user
                + "'@'<host of Penstock>'; GRANT SHOW DATABASES ON *.* TO '" + user + "'@'<host of Penstock>'";
    }
}
