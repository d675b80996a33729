package org.penstock.sql.oracle;

import java.util.ArrayList;
import java.util.List;

/** What an oracle found, with the statements that it holds against the classifier. */
final class OracleCounts {

    int statements;
    int refused;
    int ran;
    int failed;
    int selects;

    /** Reports of a change of session state that the text had said. */
    int saidReports;
    /** Reports of the database that it was before, after which no variable has another value: a view of another database was opened. */
    int idleReports;
    /** Reports of variables that have their former values again: SET STATEMENT, and routines that put back what they change. */
    int undoneReports;
    /** Changes of session state behind a call of a stored routine, which the text cannot show; it is flagged. */
    final List<String> byRoutine = new ArrayList<>();

    /** Writes in the definition of a view, which the text cannot show; classified by itself the definition is a write. */
    final List<String> behindViews = new ArrayList<>();

    final List<String> unsafe = new ArrayList<>();
    final List<String> missedState = new ArrayList<>();
    final List<String> keptFromReplicas = new ArrayList<>();

    @Override
    public String toString() {
        return statements + " statements: " + refused + " refused by the read-only server, " + ran + " ran, " + failed
                + " failed otherwise; unsafe " + unsafe.size() + " (behind views " + behindViews.size()
                + "), session changes missed " + missedState.size()
                + " (seen " + saidReports + ", by stored routines " + byRoutine.size() + ", undone "
                + undoneReports + ", reports of no change " + idleReports + "), harmless SELECTs " + selects
                + ", of them kept from replicas " + keptFromReplicas.size();
    }
}
