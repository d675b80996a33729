package org.penstock.servers.certificates;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import javax.security.auth.x500.X500Principal;

/**
 * Elements of DER, as far as certificates need them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280">RFC 5280</a>
 */
final class Der {
    static final int SEQUENCE = 0x30;
    static final int OCTETS = 0x04;
    static final byte[] TRUE = {0x01, 0x01, (byte) 0xFF};
    static final byte[] NULL = {0x05, 0x00};

    private static final int SET = 0x31;
    private static final int INTEGER = 0x02;
    private static final int BITS = 0x03;
    private static final int UTF_8 = 0x0C;
    private static final int OBJECT_ID = 0x06;
    private static final int GENERALIZED_TIME = 0x18;
    private static final byte[] COMMON_NAME = oid(0x55, 0x04, 0x03);
    private static final int LONG_FORM = 0x80;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Der() {}

    static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length < LONG_FORM) {
            out.write(length);
        } else {
            byte[] size = BigInteger.valueOf(length).toByteArray();
            int from = size[0] == 0 ? 1 : 0;
            out.write(LONG_FORM | (size.length - from));
            out.write(size, from, size.length - from);
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    static byte[] sequence(byte[]... parts) {
        return element(SEQUENCE, parts);
    }

    static byte[] integer(BigInteger value) {
        return element(INTEGER, value.toByteArray());
    }

    static byte[] bits(byte[] value) {
        return element(BITS, new byte[] {0}, value);
    }

    /** The arcs as they are encoded. */
    static byte[] oid(int... encoded) {
        byte[] bytes = new byte[encoded.length];
        for (int i = 0; i < encoded.length; i++) {
            bytes[i] = (byte) encoded[i];
        }
        return element(OBJECT_ID, bytes);
    }

    static byte[] time(Instant instant) {
        return element(GENERALIZED_TIME, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
    }

    /** A name as RFC 2253 writes it, or what has no equals sign, a common name alone. */
    static byte[] name(String common) {
        if (common.indexOf('=') >= 0) {
            return new X500Principal(common).getEncoded();
        }
        byte[] text = element(UTF_8, common.getBytes(StandardCharsets.UTF_8));
        return sequence(element(SET, sequence(COMMON_NAME, text)));
    }

    static byte[] extension(byte[] id, boolean critical, byte[] value) {
        byte[] octets = element(OCTETS, value);
        return critical ? sequence(id, TRUE, octets) : sequence(id, octets);
    }

    /** Years from 1950 to 2049 must have the short form. */
    static byte[] shortTime(Instant instant) {
        byte[] full = TIME.format(instant).getBytes(StandardCharsets.US_ASCII);
        return element(0x17, Arrays.copyOfRange(full, 2, full.length));
    }
}
