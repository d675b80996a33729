package org.penstock.api.statement;

import java.util.ArrayList;
import java.util.List;

/** Bits of a statement's type mask. They combine: {@code SELECT ... FOR UPDATE} is READ and WRITE. */
public final class Types {

    public static final int READ = 1;
    /** Goes to the primary. */
    public static final int WRITE = 1 << 1;
    /** A read that only the primary can answer, such as {@code LAST_INSERT_ID()}. */
    public static final int MASTER_READ = 1 << 2;

    public static final int SESSION_WRITE = 1 << 3;
    public static final int USERVAR_WRITE = 1 << 4;
    public static final int USERVAR_READ = 1 << 5;
    public static final int SYSVAR_READ = 1 << 6;
    public static final int GSYSVAR_READ = 1 << 7;
    public static final int GSYSVAR_WRITE = 1 << 8;
    public static final int BEGIN_TRX = 1 << 9;
    public static final int COMMIT = 1 << 10;
    public static final int ROLLBACK = 1 << 11;
    /** Always with {@link #COMMIT}. */
    public static final int ENABLE_AUTOCOMMIT = 1 << 12;
    /** Always with {@link #BEGIN_TRX}. */
    public static final int DISABLE_AUTOCOMMIT = 1 << 13;
    /** {@code PREPARE name FROM ...}. */
    public static final int PREPARE_NAMED_STMT = 1 << 14;
    /** COM_STMT_PREPARE. */
    public static final int PREPARE_STMT = 1 << 15;

    public static final int EXEC_STMT = 1 << 16;
    public static final int DEALLOC_PREPARE = 1 << 17;
    public static final int CREATE_TMP_TABLE = 1 << 18;
    /** Access mode READ ONLY of SET TRANSACTION. */
    public static final int READONLY = 1 << 19;
    /** Access mode READ WRITE of SET TRANSACTION. */
    public static final int READWRITE = 1 << 20;
    /** For the next transaction only. */
    public static final int NEXT_TRX = 1 << 21;

    private static final String[] NAMES = {
        "READ",
        "WRITE",
        "MASTER_READ",
        "SESSION_WRITE",
        "USERVAR_WRITE",
        "USERVAR_READ",
        "SYSVAR_READ",
        "GSYSVAR_READ",
        "GSYSVAR_WRITE",
        "BEGIN_TRX",
        "COMMIT",
        "ROLLBACK",
        "ENABLE_AUTOCOMMIT",
        "DISABLE_AUTOCOMMIT",
        "PREPARE_NAMED_STMT",
        "PREPARE_STMT",
        "EXEC_STMT",
        "DEALLOC_PREPARE",
        "CREATE_TMP_TABLE",
        "READONLY",
        "READWRITE",
        "NEXT_TRX"
    };

    private Types() {}

    /** The names of the bits, in order, joined by {@code |}. */
    public static String toString(int types) {
        return names(types, NAMES);
    }

    static String names(int bits, String[] names) {
        List<String> set = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            if ((bits >>> i & 1) != 0) {
                set.add(names[i]);
            }
        }
        return String.join("|", set);
    }
}
