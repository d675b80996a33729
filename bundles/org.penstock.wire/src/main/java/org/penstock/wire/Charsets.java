package org.penstock.wire;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Collation ids of the protocol and the JDK character sets that they stand for.
 *
 * @see <a href="https://mariadb.com/docs/server/reference/data-types/string-data-types/character-sets/supported-character-sets-and-collations">Collations, MariaDB</a>
 */
public final class Charsets {
    public static final int LATIN1_SWEDISH_CI = 8;
    public static final int UTF8_GENERAL_CI = 33;
    public static final int UTF8MB4_GENERAL_CI = 45;
    public static final int UTF8MB4_BIN = 46;
    public static final int BINARY = 63;

    /** MariaDB's collations without padding are the padded ones plus this. */
    private static final int NO_PAD = 1024;

    private static final int IDS = 256;
    private static final Charset[] BY_ID = new Charset[IDS];

    static {
        map("windows-1252", 5, 8, 15, 31, 47, 48, 49, 94);
        map("ISO-8859-1", 63);
        map("US-ASCII", 11, 65);
        map("ISO-8859-2", 2, 9, 21, 27, 77);
        map("ISO-8859-7", 25, 70);
        map("ISO-8859-8", 16, 71);
        map("ISO-8859-9", 30, 78);
        map("ISO-8859-13", 20, 41, 42, 79);
        map("windows-1250", 26, 34, 44, 66, 99);
        map("windows-1251", 14, 23, 50, 51, 52);
        map("windows-1256", 57, 67);
        map("windows-1257", 29, 58, 59);
        map("IBM850", 4, 80);
        map("IBM852", 40, 81);
        map("IBM866", 36, 68);
        map("KOI8-R", 7, 74);
        map("KOI8-U", 22, 75);
        map("Big5", 1, 84);
        map("GB2312", 24, 86);
        map("GBK", 28, 87);
        map("GB18030", 248, 249, 250);
        map("Shift_JIS", 13, 88);
        map("windows-31j", 95, 96);
        map("EUC-JP", 12, 91, 97, 98);
        map("EUC-KR", 19, 85);
        map("TIS-620", 18, 89);
        map("UTF-16", 54, 55);
        map("UTF-16BE", 35, 90);
        map("UTF-16LE", 56, 62);
        map("UTF-32", 60, 61);
        for (int id = 101; id <= 124; id++) {
            map("UTF-16", id);
        }
        for (int id = 128; id <= 151; id++) {
            map("UTF-16BE", id);
        }
        map("UTF-16BE", 159);
        for (int id = 160; id <= 183; id++) {
            map("UTF-32", id);
        }
    }

    private Charsets() {}

    private static void map(String name, int... ids) {
        if (!Charset.isSupported(name)) {
            return;
        }
        for (int id : ids) {
            BY_ID[id] = Charset.forName(name);
        }
    }

    /** The character set of a collation id; UTF-8 for its collations and for ids that are not known. {@link #BINARY} maps byte for byte. */
    public static Charset of(int collation) {
        int id = collation >= NO_PAD && collation < 2 * NO_PAD ? collation - NO_PAD : collation;
        Charset charset = id >= 0 && id < IDS ? BY_ID[id] : null;
        return charset == null ? StandardCharsets.UTF_8 : charset;
    }

    /**
     * The server's name of a character set whose every character takes several bytes; null for others. Servers read no statements in such a one, and refuse
     * a client that asks for it.
     */
    public static @Nullable String wideName(int collation) {
        int id = collation >= NO_PAD && collation < 2 * NO_PAD ? collation - NO_PAD : collation;
        return switch (of(id).name()) {
            case "UTF-16" -> "utf16";
            case "UTF-16BE" -> "ucs2";
            case "UTF-16LE" -> "utf16le";
            case "UTF-32" -> "utf32";
            default -> null;
        };
    }

    /** The collation id for a field of one byte: ids that do not fit become their padded collation, or {@link #UTF8MB4_GENERAL_CI}. */
    public static int narrow(int collation) {
        if (collation < IDS) {
            return collation;
        }
        int padded = collation - NO_PAD;
        return padded >= 0 && padded < IDS ? padded : UTF8MB4_GENERAL_CI;
    }
}
