package org.penstock.wire;

/**
 * Capability flags of both sides of a connection: the classic ones in the lower 32 bits, MariaDB's extended ones in the upper.
 *
 * @see <a href="https://mariadb.com/docs/server/reference/clientserver-protocol/1-connecting/connection">Connection, MariaDB</a>
 */
public final class Capabilities {
    /** Bit 0. MySQL: improved old passwords, always set. MariaDB: clear on both sides means that extended flags are exchanged. */
    public static final long MYSQL = 1L;

    public static final long FOUND_ROWS = 1L << 1;
    public static final long LONG_FLAG = 1L << 2;
    public static final long CONNECT_WITH_DB = 1L << 3;
    public static final long NO_SCHEMA = 1L << 4;

    /** Compressed packets; not supported. */
    public static final long COMPRESS = 1L << 5;

    public static final long ODBC = 1L << 6;
    public static final long LOCAL_FILES = 1L << 7;
    public static final long IGNORE_SPACE = 1L << 8;
    public static final long PROTOCOL_41 = 1L << 9;
    public static final long INTERACTIVE = 1L << 10;
    public static final long SSL = 1L << 11;
    public static final long IGNORE_SIGPIPE = 1L << 12;
    public static final long TRANSACTIONS = 1L << 13;
    public static final long RESERVED = 1L << 14;
    public static final long SECURE_CONNECTION = 1L << 15;
    public static final long MULTI_STATEMENTS = 1L << 16;
    public static final long MULTI_RESULTS = 1L << 17;
    public static final long PS_MULTI_RESULTS = 1L << 18;
    public static final long PLUGIN_AUTH = 1L << 19;
    public static final long CONNECT_ATTRS = 1L << 20;
    public static final long PLUGIN_AUTH_LENENC_CLIENT_DATA = 1L << 21;
    public static final long CAN_HANDLE_EXPIRED_PASSWORDS = 1L << 22;
    public static final long SESSION_TRACK = 1L << 23;

    /** OK packets with a 0xFE header in place of EOF packets. */
    public static final long DEPRECATE_EOF = 1L << 24;

    /** MySQL: results without column definitions; not supported. */
    public static final long OPTIONAL_RESULTSET_METADATA = 1L << 25;

    /** MySQL: packets compressed with zstd; not supported. */
    public static final long ZSTD_COMPRESSION = 1L << 26;

    /** MySQL: attributes in front of the text of COM_QUERY; not supported. */
    public static final long QUERY_ATTRIBUTES = 1L << 27;

    /** MySQL: login with several factors; not supported. */
    public static final long MULTI_FACTOR_AUTHENTICATION = 1L << 28;

    /** MariaDB's first flag for progress reports; the same bit is MySQL's CLIENT_CAPABILITY_EXTENSION. */
    public static final long PROGRESS_OBSOLETE = 1L << 29;

    public static final long SSL_VERIFY_SERVER_CERT = 1L << 30;
    public static final long REMEMBER_OPTIONS = 1L << 31;

    /** MariaDB: progress reports during a reply. */
    public static final long PROGRESS = 1L << 32;

    /** MariaDB: several commands in one packet; withdrawn by the server, not supported. */
    public static final long COM_MULTI = 1L << 33;

    /** MariaDB: COM_STMT_BULK_EXECUTE. */
    public static final long STMT_BULK_OPERATIONS = 1L << 34;

    /** MariaDB: column definitions carry the extended type; also called EXTENDED_TYPE_INFO. */
    public static final long EXTENDED_METADATA = 1L << 35;

    /** MariaDB: column definitions that the client knows are left out. */
    public static final long CACHE_METADATA = 1L << 36;

    /** MariaDB: one result row for each execution of a bulk command. */
    public static final long BULK_UNIT_RESULTS = 1L << 37;

    /** All classic flags. */
    public static final long CLASSIC_MASK = 0xFFFF_FFFFL;

    /** All flags that a connection may have whose packets this library frames, decodes and follows. */
    public static final long SUPPORTED =
            (CLASSIC_MASK | PROGRESS | STMT_BULK_OPERATIONS | EXTENDED_METADATA | CACHE_METADATA | BULK_UNIT_RESULTS)
                    & ~(OPTIONAL_RESULTSET_METADATA
                            | ZSTD_COMPRESSION
                            | QUERY_ATTRIBUTES
                            | MULTI_FACTOR_AUTHENTICATION);

    private Capabilities() {}

    /** Whether all of {@code flags} are set. */
    public static boolean has(long capabilities, long flags) {
        return (capabilities & flags) == flags;
    }
}
