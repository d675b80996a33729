package org.penstock.itests.ledger;

import java.sql.SQLException;

/** Steps that change what a session remembers, and check that every server remembers it. */
final class LedgerState {
    private static final int VARIABLES = 4;

    private LedgerState() {}

    static void setVariable(LedgerSession session) throws SQLException {
        String name = "v" + session.random.nextInt(VARIABLES);
        int value = session.random.nextInt(1_000_000);
        session.execute("SET @" + name + " = " + value);
        session.variables.put(name, value);
        check(session);
    }

    static void setSession(LedgerSession session) throws SQLException {
        session.groupConcat = 10_000 + session.random.nextInt(10_000);
        session.execute("SET SESSION group_concat_max_len = " + session.groupConcat);
        check(session);
    }

    /** All that the session remembers. */
    static void check(LedgerSession session) throws SQLException {
        for (String name : session.variables.keySet()) {
            session.same(
                    "variable @" + name,
                    Integer.toString(session.variables.get(name)),
                    session.value("SELECT @" + name));
        }
        if (session.groupConcat != 0) {
            session.same(
                    "group_concat_max_len",
                    Integer.toString(session.groupConcat),
                    session.value("SELECT @@group_concat_max_len"));
        }
        if (session.temporaryRows >= 0) {
            session.same(
                    "rows of the temporary table",
                    Integer.toString(session.temporaryRows),
                    session.value("SELECT COUNT(*) FROM scratch"));
        }
        session.same("the default database", "demo", session.value("SELECT DATABASE()"));
    }

    static void temporaryTable(LedgerSession session) throws SQLException {
        if (session.temporaryRows < 0) {
            session.execute("CREATE TEMPORARY TABLE scratch (id INT)");
            session.temporaryRows = 0;
        } else if (session.random.nextInt(3) == 0) {
            session.execute("DROP TEMPORARY TABLE scratch");
            session.temporaryRows = -1;
        } else {
            session.prepared("INSERT INTO scratch VALUES (?)", session.temporaryRows);
            session.temporaryRows++;
        }
        check(session);
    }

    static void textPrepared(LedgerSession session) throws SQLException {
        int value = session.random.nextInt(1_000_000);
        session.execute("PREPARE p FROM 'SELECT ? + @w'");
        session.execute("SET @w = " + value);
        session.same("a prepared sum", Integer.toString(2 * value), session.value("EXECUTE p USING @w"));
        session.execute("DEALLOCATE PREPARE p");
    }

    static void userLock(LedgerSession session) throws SQLException {
        String lock = "'ledger " + session.client + "'";
        session.same("GET_LOCK", "1", session.value("SELECT GET_LOCK(" + lock + ", 20)"));
        String holder = session.value("SELECT IS_USED_LOCK(" + lock + ") = CONNECTION_ID()");
        if (session.ofNewPrimary(holder)) {
            return;
        }
        session.same("the holder", "1", holder);
        String released = session.value("SELECT RELEASE_LOCK(" + lock + ")");
        if (!session.ofNewPrimary(released)) {
            session.same("RELEASE_LOCK", "1", released);
        }
    }

    static void tableLock(LedgerSession session) throws SQLException {
        String table = "own" + session.client;
        session.execute("LOCK TABLES " + table + " WRITE");
        int value = session.random.nextInt(1_000_000);
        session.execute("REPLACE INTO " + table + " VALUES (1, " + value + ")");
        session.same(
                "a row below a table lock",
                Integer.toString(value),
                session.value("SELECT value FROM " + table + " WHERE id = 1"));
        session.execute("UNLOCK TABLES");
    }
}
