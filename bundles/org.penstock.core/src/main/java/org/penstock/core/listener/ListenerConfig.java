package org.penstock.core.listener;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Parameters of a listener section. */
@ObjectClassDefinition(name = "listener", description = "An address and port, or a unix socket, in front of a service")
public @interface ListenerConfig {
    String PID = "org.penstock.listener";

    @AttributeDefinition(description = "Name of the section")
    String name();

    @AttributeDefinition(description = "The service behind the listener")
    String service();

    @AttributeDefinition(required = false, description = "Protocol module towards clients")
    String protocol() default "MySQLClient";

    @AttributeDefinition(
            required = false,
            description = "Host name or IP address to listen on; empty: all interfaces, IPv6 and IPv4")
    String address() default "";

    @AttributeDefinition(
            required = false,
            description = "TCP port; 0 without a socket: any free one; required unless socket is set",
            min = "-1",
            max = "65535")
    int port() default -1;

    @AttributeDefinition(
            required = false,
            description = "Path of a unix socket; with an address or port both are opened")
    String socket() default "";

    @AttributeDefinition(
            required = false,
            description =
                    "Authenticators that are taken, a comma list; empty: all that are installed, by the accounts' plugins")
    String authenticator() default "";

    @AttributeDefinition(required = false, description = "Options of the authenticators, k=v separated by commas")
    String authenticator__options() default "";

    @AttributeDefinition(
            required = false,
            description = "JSON file that says with which accounts and passwords servers are logged in to for clients")
    String user__mapping__file() default "";

    @AttributeDefinition(
            required = false,
            description =
                    "Peers that may say in a PROXY header whose connection they pass on, a comma list of addresses and networks (192.0.2.0/24), * for all, localhost for unix sockets; empty: none")
    String proxy__protocol__networks() default "";

    @AttributeDefinition(
            required = false,
            description = "Whether clients may be replicas: register, and be sent the binary log")
    boolean allow__replication() default true;

    @AttributeDefinition(required = false, description = "MaxScale's name of allow_replication; both must be true")
    boolean mariadbprotocol_allow__replication() default true;

    @AttributeDefinition(
            required = false,
            description = "Whether LOAD DATA LOCAL may read files of clients, where client and server allow it too")
    boolean allow__local__infile() default true;

    @AttributeDefinition(required = false, description = "Bound for a whole login, duration (bare number: seconds)")
    String connect__timeout() default "10s";

    @AttributeDefinition(
            required = false,
            description = "Logins that may be pending at a time; further clients are refused with 1040",
            min = "1")
    int max__pending__logins() default 10_000;

    @AttributeDefinition(
            required = false,
            description =
                    "TLS: required or true (clients without it are refused), optional (both), disabled or false (none)",
            options = {
                @Option(value = "required"),
                @Option(value = "optional"),
                @Option(value = "disabled"),
                @Option(value = "true"),
                @Option(value = "false"),
                @Option(value = "on"),
                @Option(value = "off"),
                @Option(value = "yes"),
                @Option(value = "no"),
                @Option(value = "1"),
                @Option(value = "0")
            })
    String ssl() default "disabled";

    @AttributeDefinition(required = false, description = "File of the private key, PEM; required with ssl")
    String ssl__key() default "";

    @AttributeDefinition(
            required = false,
            description = "File of the certificate with its intermediates, PEM; required with ssl")
    String ssl__cert() default "";

    @AttributeDefinition(required = false, description = "File of the authorities of client certificates, PEM")
    String ssl__ca() default "";

    @AttributeDefinition(required = false, description = "The same as ssl_ca")
    String ssl__ca__cert() default "";

    @AttributeDefinition(
            required = false,
            description = "The lowest protocol version: TLSv10, TLSv11, TLSv12, TLSv13; MAX: TLSv12",
            options = {
                @Option(value = "MAX"),
                @Option(value = "TLSv10"),
                @Option(value = "TLSv11"),
                @Option(value = "TLSv12"),
                @Option(value = "TLSv13"),
                @Option(value = "TLSv1.0"),
                @Option(value = "TLSv1.1"),
                @Option(value = "TLSv1.2"),
                @Option(value = "TLSv1.3")
            })
    String ssl__version() default "MAX";

    @AttributeDefinition(required = false, description = "Cipher suites, separated by colons; empty: the provider's")
    String ssl__cipher() default "";

    @AttributeDefinition(required = false, description = "File of a revocation list of client certificates, PEM")
    String ssl__crl() default "";

    @AttributeDefinition(
            required = false,
            description = "Most intermediate authorities in the chain of a client certificate",
            min = "0")
    int ssl__cert__verify__depth() default 9;

    @AttributeDefinition(
            required = false,
            description = "Whether clients must have a certificate that is signed by an authority of ssl_ca")
    boolean ssl__verify__peer__certificate() default false;

    @AttributeDefinition(
            required = false,
            description = "Whether the client's certificate must name its address; with ssl_verify_peer_certificate")
    boolean ssl__verify__peer__host() default false;
}
