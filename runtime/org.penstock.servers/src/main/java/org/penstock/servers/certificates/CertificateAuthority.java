package org.penstock.servers.certificates;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An authority that signs certificates, for tests and demonstrations; its key never leaves the process. Keys are of the curve P-256, which are made at once; those of
 * certificates are RSA, since some clients name RSA suites, and certificates without host names share one.
 */
public final class CertificateAuthority {
    /** How long certificates are valid where nothing else is said. */
    public static final Duration VALIDITY = Duration.ofDays(365);

    private static final int RSA_BITS = 2048;
    private static final int EC_BITS = 256;
    private static final byte[] RSA_WITH_SHA_256 =
            Der.sequence(Der.oid(0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B), Der.NULL);
    private static final byte[] ECDSA_WITH_SHA_256 =
            Der.sequence(Der.oid(0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02));
    private static final byte[] BASIC_CONSTRAINTS = Der.oid(0x55, 0x1D, 0x13);
    private static final byte[] KEY_USAGE = Der.oid(0x55, 0x1D, 0x0F);
    private static final byte[] ALTERNATIVE_NAMES = Der.oid(0x55, 0x1D, 0x11);

    /** Signs certificates and revocation lists. */
    private static final byte[] SIGNS = {0x03, 0x02, 0x01, 0x06};

    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;
    private static final int VERSION = 0xA0;
    private static final int EXTENSIONS = 0xA3;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String name;
    private final PrivateKey key;
    private final List<X509Certificate> chain;

    private CertificateAuthority(String name, PrivateKey key, List<X509Certificate> chain) {
        this.name = name;
        this.key = key;
        this.chain = chain;
    }

    /** An authority that nobody has signed. */
    public static CertificateAuthority create(String name) {
        KeyPair pair = keyPair(false);
        X509Certificate own = signed(name, pair.getPrivate(), new Subject(name, pair, true, List.of()), from(VALIDITY));
        return new CertificateAuthority(name, pair.getPrivate(), List.of(own));
    }

    /** An authority that this one has signed. */
    public CertificateAuthority intermediate(String of) {
        KeyPair pair = keyPair(false);
        List<X509Certificate> longer = new ArrayList<>();
        longer.add(signed(name, key, new Subject(of, pair, true, List.of()), from(VALIDITY)));
        longer.addAll(chain);
        return new CertificateAuthority(of, pair.getPrivate(), List.copyOf(longer));
    }

    /** A certificate that nobody but its owner has signed. */
    public static KeyedCertificate selfSigned(String of, String... hosts) {
        KeyPair pair = keyPair(true);
        Subject subject = new Subject(of, pair, false, List.of(hosts));
        return new KeyedCertificate(List.of(signed(of, pair.getPrivate(), subject, from(VALIDITY))), pair.getPrivate());
    }

    /** A certificate for host names and numeric addresses. */
    public KeyedCertificate issue(String of, String... hosts) {
        return issue(of, VALIDITY, hosts);
    }

    /** A certificate for host names and numeric addresses; with a negative validity it has ended already. */
    public KeyedCertificate issue(String of, Duration validity, String... hosts) {
        KeyPair pair = hosts.length > 0 ? keyPair(true) : Shared.PAIR;
        List<X509Certificate> certificates = new ArrayList<>();
        certificates.add(signed(name, key, new Subject(of, pair, false, List.of(hosts)), from(validity)));
        certificates.addAll(chain.subList(0, chain.size() - 1));
        return new KeyedCertificate(List.copyOf(certificates), pair.getPrivate());
    }

    /** The authority at the top of the chain, PEM. */
    public String rootPem() {
        return KeyedCertificate.pem("CERTIFICATE", KeyedCertificate.encoded(chain.get(chain.size() - 1)));
    }

    /** A list of what is revoked, PEM. */
    public String revocationsPem(KeyedCertificate... revoked) {
        byte[][] entries = new byte[revoked.length][];
        Instant now = Instant.now().minusSeconds(60);
        for (int i = 0; i < revoked.length; i++) {
            entries[i] = Der.sequence(Der.integer(revoked[i].certificate().getSerialNumber()), Der.shortTime(now));
        }
        byte[] version2 = Der.integer(BigInteger.ONE);
        byte[] next = Der.shortTime(now.plus(VALIDITY));
        byte[] list = entries.length == 0
                ? Der.sequence(version2, algorithm(key), Der.name(name), Der.shortTime(now), next)
                : Der.sequence(
                        version2, algorithm(key), Der.name(name), Der.shortTime(now), next, Der.sequence(entries));
        return KeyedCertificate.pem("X509 CRL", signed(list, key));
    }

    /** The key of certificates without host names; made when the first is issued. */
    private static final class Shared {
        private static final KeyPair PAIR = keyPair(true);
    }

    private record Subject(String name, KeyPair pair, boolean authority, List<String> hosts) {}

    private record Validity(Instant from, Instant until) {}

    private static Validity from(Duration validity) {
        Instant now = Instant.now();
        Instant begin = now.minus(Duration.ofDays(2));
        return new Validity(begin, now.plus(validity));
    }

    private static X509Certificate signed(String issuer, PrivateKey signer, Subject subject, Validity validity) {
        byte[] extensions = subject.authority
                ? Der.sequence(
                        Der.extension(BASIC_CONSTRAINTS, true, Der.sequence(Der.TRUE)),
                        Der.extension(KEY_USAGE, true, SIGNS))
                : Der.sequence(
                        subject.hosts.isEmpty()
                                ? Der.extension(BASIC_CONSTRAINTS, false, Der.sequence())
                                : Der.extension(ALTERNATIVE_NAMES, false, alternatives(subject.hosts)));
        byte[] body = Der.sequence(
                Der.element(VERSION, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(63, RANDOM).add(BigInteger.ONE)),
                algorithm(signer),
                Der.name(issuer),
                Der.sequence(Der.shortTime(validity.from), Der.shortTime(validity.until)),
                Der.name(subject.name),
                subject.pair.getPublic().getEncoded(),
                Der.element(EXTENSIONS, extensions));
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(signed(body, signer)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] alternatives(List<String> hosts) {
        byte[][] names = new byte[hosts.size()][];
        for (int i = 0; i < names.length; i++) {
            names[i] = alternative(hosts.get(i));
        }
        return Der.sequence(names);
    }

    private static byte[] alternative(String host) {
        boolean numeric = host.matches("[0-9.]+") || host.indexOf(':') >= 0;
        try {
            return numeric
                    ? Der.element(IP_ADDRESS, InetAddress.getByName(host).getAddress())
                    : Der.element(DNS_NAME, host.getBytes(StandardCharsets.US_ASCII));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(host, e);
        }
    }

    private static byte[] signed(byte[] body, PrivateKey signer) {
        try {
            Signature signature = Signature.getInstance(rsa(signer) ? "SHA256withRSA" : "SHA256withECDSA");
            signature.initSign(signer);
            signature.update(body);
            return Der.sequence(body, algorithm(signer), Der.bits(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean rsa(PrivateKey key) {
        return key.getAlgorithm().equals("RSA");
    }

    private static byte[] algorithm(PrivateKey key) {
        return rsa(key) ? RSA_WITH_SHA_256 : ECDSA_WITH_SHA_256;
    }

    private static KeyPair keyPair(boolean rsa) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(rsa ? "RSA" : "EC");
            generator.initialize(rsa ? RSA_BITS : EC_BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
