package org.penstock.benchmarks.macro.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** The proof of mysql_native_password: {@code SHA1(password) XOR SHA1(scramble, SHA1(SHA1(password)))}. */
final class NativePassword {
    static final String PLUGIN = "mysql_native_password";
    static final int SCRAMBLE = 20;

    private static final int FIRST_PART = 8;

    /** Behind the first part of the scramble: filler, capabilities, character set, status, capabilities, length, ten reserved bytes. */
    private static final int BETWEEN = 19;

    private NativePassword() {}

    /** The scramble of a greeting. */
    static byte[] scramble(byte[] greeting) {
        int at = afterZero(greeting) + Integer.BYTES;
        byte[] scramble = Arrays.copyOfRange(greeting, at, at + SCRAMBLE);
        System.arraycopy(greeting, at + FIRST_PART + BETWEEN, scramble, FIRST_PART, SCRAMBLE - FIRST_PART);
        return scramble;
    }

    /** The scramble of a request to switch the plugin. */
    static byte[] switched(byte[] request) {
        int at = afterZero(request);
        return Arrays.copyOfRange(request, at, at + SCRAMBLE);
    }

    static byte[] proof(String password, byte[] scramble) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            byte[] once = sha1.digest(password.getBytes(StandardCharsets.UTF_8));
            byte[] twice = sha1.digest(once);
            sha1.update(scramble);
            byte[] mask = sha1.digest(twice);
            for (int index = 0; index < once.length; index++) {
                once[index] ^= mask[index];
            }
            return once;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    private static int afterZero(byte[] packet) {
        int at = 1;
        while (packet[at] != 0) {
            at++;
        }
        return at + 1;
    }
}
