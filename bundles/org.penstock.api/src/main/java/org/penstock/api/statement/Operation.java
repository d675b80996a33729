package org.penstock.api.statement;

/** The one word for what a statement does. */
public enum Operation {
    /** Nothing known; also transaction control. */
    UNDEFINED,
    ALTER,
    ALTER_TABLE,
    CALL,
    CHANGE_DB,
    CREATE,
    CREATE_ROLE,
    CREATE_TABLE,
    CREATE_USER,
    DELETE,
    DROP,
    DROP_TABLE,
    EXECUTE,
    EXPLAIN,
    GRANT,
    INSERT,
    KILL,
    LOAD,
    LOAD_LOCAL,
    REVOKE,
    SELECT,
    SET,
    SET_TRANSACTION,
    SHOW,
    SHOW_DATABASES,
    TRUNCATE,
    UPDATE
}
