package org.penstock.auth.ed25519;

import java.math.BigInteger;

/**
 * A point of the curve edwards25519 in extended coordinates: x = X/Z, y = Y/Z, T = XY/Z.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8032#section-5.1.4">RFC 8032, 5.1.4</a>
 */
record EdwardsPoint(BigInteger x, BigInteger y, BigInteger z, BigInteger t) {
    static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

    /** The order of the base point. */
    static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    static final EdwardsPoint NEUTRAL =
            new EdwardsPoint(BigInteger.ZERO, BigInteger.ONE, BigInteger.ONE, BigInteger.ZERO);

    static final EdwardsPoint BASE = affine(
            new BigInteger("15112221349535400772501151409588531511454012693041857206046113283949847762202"),
            new BigInteger("46316835694926478169428394003475163141307993866256225615783033603165251855960"));

    /** Bytes of an encoded point. */
    static final int LENGTH = 32;

    private static final BigInteger D2 = BigInteger.valueOf(-121_665)
            .multiply(BigInteger.valueOf(121_666).modInverse(P))
            .shiftLeft(1)
            .mod(P);
    private static final int WINDOW = 4;
    private static final int DIGITS = 1 << WINDOW;
    private static final int WINDOWS = 64;

    /** The base point times every digit at every place. */
    private static final EdwardsPoint[][] TABLE = table();

    private static EdwardsPoint affine(BigInteger x, BigInteger y) {
        return new EdwardsPoint(x, y, BigInteger.ONE, x.multiply(y).mod(P));
    }

    private static EdwardsPoint[][] table() {
        EdwardsPoint[][] table = new EdwardsPoint[WINDOWS][DIGITS];
        EdwardsPoint place = BASE;
        for (EdwardsPoint[] row : table) {
            row[0] = NEUTRAL;
            for (int digit = 1; digit < DIGITS; digit++) {
                row[digit] = row[digit - 1].plus(place);
            }
            place = row[DIGITS - 1].plus(place);
        }
        return table;
    }

    /** The sum; also of a point with itself and with the neutral one, by the same steps. */
    EdwardsPoint plus(EdwardsPoint other) {
        BigInteger a = y.subtract(x).multiply(other.y.subtract(other.x)).mod(P);
        BigInteger b = y.add(x).multiply(other.y.add(other.x)).mod(P);
        BigInteger c = t.multiply(D2).mod(P).multiply(other.t).mod(P);
        BigInteger d = z.multiply(other.z).shiftLeft(1).mod(P);
        BigInteger e = b.subtract(a);
        BigInteger f = d.subtract(c);
        BigInteger g = d.add(c);
        BigInteger h = b.add(a);
        return new EdwardsPoint(
                e.multiply(f).mod(P),
                g.multiply(h).mod(P),
                f.multiply(g).mod(P),
                e.multiply(h).mod(P));
    }

    /** The base point times a number of at most 256 bits; as many additions for every number. */
    static EdwardsPoint baseTimes(BigInteger scalar) {
        EdwardsPoint sum = NEUTRAL;
        for (int window = 0; window < WINDOWS; window++) {
            int digit = scalar.shiftRight(window * WINDOW).intValue() & (DIGITS - 1);
            sum = sum.plus(TABLE[window][digit]);
        }
        return sum;
    }

    /** y in 255 bits, the least significant byte first; the lowest bit of x in the highest bit. */
    byte[] encoded() {
        BigInteger inverse = z.modInverse(P);
        byte[] bytes = littleEndian(y.multiply(inverse).mod(P));
        if (x.multiply(inverse).mod(P).testBit(0)) {
            bytes[LENGTH - 1] |= (byte) 0x80;
        }
        return bytes;
    }

    /** 32 bytes, the least significant first. */
    static byte[] littleEndian(BigInteger number) {
        byte[] big = number.toByteArray();
        byte[] little = new byte[LENGTH];
        for (int i = 0; i < Math.min(LENGTH, big.length); i++) {
            little[i] = big[big.length - 1 - i];
        }
        return little;
    }

    /** The number of bytes, the least significant first. */
    static BigInteger number(byte[] little) {
        byte[] big = new byte[little.length];
        for (int i = 0; i < little.length; i++) {
            big[i] = little[little.length - 1 - i];
        }
        return new BigInteger(1, big);
    }
}
