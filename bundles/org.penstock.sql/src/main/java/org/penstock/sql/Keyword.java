package org.penstock.sql;

import java.util.Map;
import java.util.TreeMap;

/** Numbers of the words that rules look at, for switches; 0 is any other word. */
final class Keyword {

    static final int ADD = 1;
    static final int ADMIN = 2;
    static final int AFTER = 3;
    static final int ALL = 4;
    static final int ALTER = 5;
    static final int ANALYZE = 6;
    static final int AND = 7;
    static final int AS = 8;
    static final int ASC = 9;
    static final int AUTHORIZATION = 10;
    static final int BACKUP = 11;
    static final int BEGIN = 12;
    static final int BETWEEN = 13;
    static final int BINARY = 14;
    static final int BINLOG = 15;
    static final int BODY = 16;
    static final int BY = 17;
    static final int CALL = 18;
    static final int CASE = 19;
    static final int CHAIN = 20;
    static final int CHANGE = 21;
    static final int CHARACTER = 22;
    static final int CHARSET = 23;
    static final int CHECK = 24;
    static final int CHECKSUM = 25;
    static final int CLOSE = 26;
    static final int COLLATE = 27;
    static final int COLUMNS = 28;
    static final int COMMENT = 29;
    static final int COMMIT = 30;
    static final int CONCURRENT = 31;
    static final int CONNECTION = 32;
    static final int CONSTRAINT = 33;
    static final int CONVERT = 34;
    static final int CREATE = 35;
    static final int CROSS = 36;
    static final int CURRVAL = 37;
    static final int DATA = 38;
    static final int DATABASE = 39;
    static final int DATABASES = 40;
    static final int DEALLOCATE = 41;
    static final int DECLARE = 42;
    static final int DEFAULT = 43;
    static final int DELAYED = 44;
    static final int DELETE = 45;
    static final int DESC = 46;
    static final int DESCRIBE = 47;
    static final int DIAGNOSTICS = 48;
    static final int DISTINCT = 49;
    static final int DISTINCTROW = 50;
    static final int DIV = 51;
    static final int DO = 52;
    static final int DROP = 53;
    static final int DUAL = 54;
    static final int DUMPFILE = 55;
    static final int DUPLICATE = 56;
    static final int ELSE = 57;
    static final int END = 58;
    static final int ENGINE = 59;
    static final int ERRORS = 60;
    static final int ESCAPE = 61;
    static final int EVENT = 62;
    static final int EVENTS = 63;
    static final int EXCEPT = 64;
    static final int EXECUTE = 65;
    static final int EXISTS = 66;
    static final int EXPLAIN = 67;
    static final int EXPORT = 68;
    static final int EXTENDED = 69;
    static final int FALSE = 70;
    static final int FIELDS = 71;
    static final int FLUSH = 72;
    static final int FOR = 73;
    static final int FORCE = 74;
    static final int FOREIGN = 75;
    static final int FORMAT = 76;
    static final int FROM = 77;
    static final int FULL = 78;
    static final int FULLTEXT = 79;
    static final int FUNCTION = 80;
    static final int GET = 81;
    static final int GLOBAL = 82;
    static final int GRANT = 83;
    static final int GROUP = 84;
    static final int HANDLER = 85;
    static final int HARD = 86;
    static final int HAVING = 87;
    static final int HELP = 88;
    static final int HIGH_PRIORITY = 89;
    static final int HOST = 90;
    static final int HOSTS = 91;
    static final int IDENTIFIED = 92;
    static final int IF = 93;
    static final int IGNORE = 94;
    static final int IMMEDIATE = 95;
    static final int IN = 96;
    static final int INDEX = 97;
    static final int INDEXES = 98;
    static final int INNER = 99;
    static final int INSERT = 100;
    static final int INSTALL = 101;
    static final int INTERSECT = 102;
    static final int INTERVAL = 103;
    static final int INTO = 104;
    static final int IS = 105;
    static final int ISOLATION = 106;
    static final int JOIN = 107;
    static final int JSON_TABLE = 108;
    static final int KEY = 109;
    static final int KEYS = 110;
    static final int KILL = 111;
    static final int LATERAL = 112;
    static final int LEFT = 113;
    static final int LIKE = 114;
    static final int LIMIT = 115;
    static final int LOAD = 116;
    static final int LOCAL = 117;
    static final int LOCALTIME = 118;
    static final int LOCK = 119;
    static final int LOGS = 120;
    static final int LOOP = 121;
    static final int LOW_PRIORITY = 122;
    static final int MASTER = 123;
    static final int MINUS = 124;
    static final int MOD = 125;
    static final int NAMES = 126;
    static final int NATURAL = 127;
    static final int NEXT = 128;
    static final int NEXTVAL = 129;
    static final int NO = 130;
    static final int NOT = 131;
    static final int NULL = 132;
    static final int OF = 133;
    static final int OFF = 134;
    static final int OFFSET = 135;
    static final int OJ = 136;
    static final int ON = 137;
    static final int ONLY = 138;
    static final int OPEN = 139;
    static final int OPTIMIZE = 140;
    static final int OPTION = 141;
    static final int OR = 142;
    static final int ORDER = 143;
    static final int OUTER = 144;
    static final int OUTFILE = 145;
    static final int PACKAGE = 146;
    static final int PARTITION = 147;
    static final int PARTITIONS = 148;
    static final int PASSWORD = 149;
    static final int PERIOD = 150;
    static final int PERSIST = 151;
    static final int PERSIST_ONLY = 152;
    static final int PREPARE = 153;
    static final int PREVIOUS = 154;
    static final int PRIMARY = 155;
    static final int PRIVILEGES = 156;
    static final int PROCEDURE = 157;
    static final int PROCESSLIST = 158;
    static final int PURGE = 159;
    static final int QUERY = 160;
    static final int QUICK = 161;
    static final int READ = 162;
    static final int RECURSIVE = 163;
    static final int REFERENCES = 164;
    static final int REGEXP = 165;
    static final int RELEASE = 166;
    static final int RENAME = 167;
    static final int REPAIR = 168;
    static final int REPEAT = 169;
    static final int REPLACE = 170;
    static final int REPLICA = 171;
    static final int RESOURCE = 172;
    static final int RETURNING = 173;
    static final int REVOKE = 174;
    static final int RIGHT = 175;
    static final int RLIKE = 176;
    static final int ROLE = 177;
    static final int ROLES = 178;
    static final int ROLLBACK = 179;
    static final int ROW = 180;
    static final int ROWS = 181;
    static final int SAVEPOINT = 182;
    static final int SCHEMA = 183;
    static final int SCHEMAS = 184;
    static final int SELECT = 185;
    static final int SEPARATOR = 186;
    static final int SEQUENCE = 187;
    static final int SESSION = 188;
    static final int SET = 189;
    static final int SHARE = 190;
    static final int SHOW = 191;
    static final int SLAVE = 192;
    static final int SOFT = 193;
    static final int SPATIAL = 194;
    static final int SQL_CALC_FOUND_ROWS = 195;
    static final int STAGE = 196;
    static final int START = 197;
    static final int STATEMENT = 198;
    static final int STATUS = 199;
    static final int STRAIGHT_JOIN = 200;
    static final int SYSTEM = 201;
    static final int SYSTEM_TIME = 202;
    static final int TABLE = 203;
    static final int TABLES = 204;
    static final int TABLESPACE = 205;
    static final int TEMPORARY = 206;
    static final int THEN = 207;
    static final int TO = 208;
    static final int TRANSACTION = 209;
    static final int TRIGGER = 210;
    static final int TRUE = 211;
    static final int TRUNCATE = 212;
    static final int UNINSTALL = 213;
    static final int UNION = 214;
    static final int UNIQUE = 215;
    static final int UNLOCK = 216;
    static final int UPDATE = 217;
    static final int USE = 218;
    static final int USER = 219;
    static final int USING = 220;
    static final int VALUE = 221;
    static final int VALUES = 222;
    static final int VARIABLES = 223;
    static final int VIEW = 224;
    static final int WARNINGS = 225;
    static final int WHEN = 226;
    static final int WHERE = 227;
    static final int WHILE = 228;
    static final int WINDOW = 229;
    static final int WITH = 230;
    static final int WORK = 231;
    static final int WRITE = 232;
    static final int XA = 233;
    static final int XML = 234;
    static final int XOR = 235;

    /** Their names in the order of their numbers. */
    private static final String[] WORDS =
            """
            ADD ADMIN AFTER ALL ALTER ANALYZE AND AS ASC AUTHORIZATION BACKUP BEGIN BETWEEN BINARY BINLOG BODY BY CALL CASE CHAIN
            CHANGE CHARACTER CHARSET CHECK CHECKSUM CLOSE COLLATE COLUMNS COMMENT COMMIT CONCURRENT CONNECTION CONSTRAINT CONVERT
            CREATE CROSS CURRVAL DATA DATABASE DATABASES DEALLOCATE DECLARE DEFAULT DELAYED DELETE DESC DESCRIBE DIAGNOSTICS
            DISTINCT DISTINCTROW DIV DO DROP DUAL DUMPFILE DUPLICATE ELSE END ENGINE ERRORS ESCAPE EVENT EVENTS EXCEPT EXECUTE
            EXISTS EXPLAIN EXPORT EXTENDED FALSE FIELDS FLUSH FOR FORCE FOREIGN FORMAT FROM FULL FULLTEXT FUNCTION GET GLOBAL GRANT
            GROUP HANDLER HARD HAVING HELP HIGH_PRIORITY HOST HOSTS IDENTIFIED IF IGNORE IMMEDIATE IN INDEX INDEXES INNER INSERT
            INSTALL INTERSECT INTERVAL INTO IS ISOLATION JOIN JSON_TABLE KEY KEYS KILL LATERAL LEFT LIKE LIMIT LOAD LOCAL LOCALTIME
            LOCK LOGS LOOP LOW_PRIORITY MASTER MINUS MOD NAMES NATURAL NEXT NEXTVAL NO NOT NULL OF OFF OFFSET OJ ON ONLY OPEN
            OPTIMIZE OPTION OR ORDER OUTER OUTFILE PACKAGE PARTITION PARTITIONS PASSWORD PERIOD PERSIST PERSIST_ONLY PREPARE
            PREVIOUS PRIMARY PRIVILEGES PROCEDURE PROCESSLIST PURGE QUERY QUICK READ RECURSIVE REFERENCES REGEXP RELEASE RENAME
            REPAIR REPEAT REPLACE REPLICA RESOURCE RETURNING REVOKE RIGHT RLIKE ROLE ROLES ROLLBACK ROW ROWS SAVEPOINT SCHEMA
            SCHEMAS SELECT SEPARATOR SEQUENCE SESSION SET SHARE SHOW SLAVE SOFT SPATIAL SQL_CALC_FOUND_ROWS STAGE START STATEMENT
            STATUS STRAIGHT_JOIN SYSTEM SYSTEM_TIME TABLE TABLES TABLESPACE TEMPORARY THEN TO TRANSACTION TRIGGER TRUE TRUNCATE
            UNINSTALL UNION UNIQUE UNLOCK UPDATE USE USER USING VALUE VALUES VARIABLES VIEW WARNINGS WHEN WHERE WHILE WINDOW WITH
            WORK WRITE XA XML XOR
            """
                    .trim()
                    .split("\\s+");

    private Keyword() {}

    /** Every word by name. */
    static Map<String, Integer> byName() {
        Map<String, Integer> words = new TreeMap<>();
        for (int i = 0; i < WORDS.length; i++) {
            words.put(WORDS[i], i + 1);
        }
        return words;
    }
}
