package org.penstock.sql;

import java.nio.charset.Charset;
import java.util.Locale;

/** The client's character set as far as quotes are concerned: in some sets the second byte of a character may be a backslash or a quote. */
public enum ClientCharset {
    /** Every byte below 0x80 is the character that it is in ASCII: latin1, utf8, utf8mb4, ujis, euckr, gb2312 and others. */
    ASCII_BASED,
    BIG5,
    GBK,
    GB18030,
    /** sjis and cp932. */
    SJIS;

    /** The set of that name, as servers name character sets. */
    public static ClientCharset of(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "big5" -> BIG5;
            case "gbk" -> GBK;
            case "gb18030" -> GB18030;
            case "sjis", "cp932" -> SJIS;
            default -> ASCII_BASED;
        };
    }

    /** The set of that Java character set. */
    public static ClientCharset of(Charset charset) {
        return switch (charset.name()) {
            case "Big5" -> BIG5;
            case "GBK" -> GBK;
            case "GB18030" -> GB18030;
            case "Shift_JIS", "windows-31j" -> SJIS;
            default -> ASCII_BASED;
        };
    }

    boolean hidesQuotes() {
        return this != ASCII_BASED;
    }

    /** Bytes of the character at {@code index}: 1 unless it is a complete and valid longer one before {@code end}. */
    int length(byte[] bytes, int index, int end) {
        int lead = bytes[index] & 0xff;
        if (lead < 0x81 || index + 1 >= end) {
            return 1;
        }
        int trail = bytes[index + 1] & 0xff;
        boolean pair =
                switch (this) {
                    case ASCII_BASED -> false;
                    case BIG5 ->
                        lead >= 0xa1 && lead <= 0xf9 && (within(trail, 0x40, 0x7e) || within(trail, 0xa1, 0xfe));
                    case GBK -> lead <= 0xfe && (within(trail, 0x40, 0x7e) || within(trail, 0x80, 0xfe));
                    case GB18030 -> lead <= 0xfe && (within(trail, 0x40, 0x7e) || within(trail, 0x80, 0xfe));
                    case SJIS ->
                        (within(lead, 0x81, 0x9f) || within(lead, 0xe0, 0xfc))
                                && (within(trail, 0x40, 0x7e) || within(trail, 0x80, 0xfc));
                };
        if (pair) {
            return 2;
        }
        boolean four = this == GB18030
                && lead <= 0xfe
                && within(trail, 0x30, 0x39)
                && index + 3 < end
                && within(bytes[index + 2] & 0xff, 0x81, 0xfe)
                && within(bytes[index + 3] & 0xff, 0x30, 0x39);
        return four ? 4 : 1;
    }

    private static boolean within(int value, int from, int to) {
        return value >= from && value <= to;
    }
}
