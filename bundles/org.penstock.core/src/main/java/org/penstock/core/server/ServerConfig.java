package org.penstock.core.server;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Parameters of a server section; any other key is kept as a custom parameter. */
@ObjectClassDefinition(name = "server", description = "One backend database server")
public @interface ServerConfig {
    String PID = "org.penstock.server";

    @AttributeDefinition(description = "Name of the section")
    String name();

    @AttributeDefinition(required = false, description = "Host name or IP address; required unless socket is set")
    String address() default "";

    @AttributeDefinition(required = false, description = "TCP port", min = "1", max = "65535")
    int port() default ServerSettings.DEFAULT_PORT;

    @AttributeDefinition(required = false, description = "Path of a unix socket, instead of address and port")
    String socket() default "";

    @AttributeDefinition(required = false, description = "Protocol module towards the server")
    String protocol() default "MySQLBackend";

    @AttributeDefinition(
            required = false,
            description = "Accepted, without effect: the server says which plugin it wants")
    String authenticator() default "";

    @AttributeDefinition(required = false, description = "Accepted, without effect")
    String authenticator__options() default "";

    @AttributeDefinition(required = false, description = "Account of monitors on this server; with monitorpw")
    String monitoruser() default "";

    @AttributeDefinition(required = false, type = AttributeType.PASSWORD, description = "Password of monitoruser")
    String monitorpw() default "";

    @AttributeDefinition(
            required = false,
            description = "Most idle connections kept for reuse by sessions of the same account; 0: none",
            min = "0")
    int persistpoolmax() default 0;

    @AttributeDefinition(
            required = false,
            description =
                    "Longest idle time of a kept connection, duration (bare number: seconds); 0: less than a second")
    String persistmaxtime() default "0s";

    @AttributeDefinition(required = false, description = "Most connections of sessions; 0: no limit", min = "0")
    int max__routing__connections() default 0;

    @AttributeDefinition(
            required = false,
            description = "Connections to the server that may be on their way at a time; further ones wait their turn",
            min = "1")
    int max__connects__in__flight() default 128;

    @AttributeDefinition(
            required = false,
            description = "Connections to the server that may be begun in a second; further ones wait; 0: no limit",
            min = "0")
    int max__connects__per__second() default 0;

    @AttributeDefinition(
            required = false,
            description = "Whether connections begin with a PROXY protocol header: true or v1, v2, or false",
            options = {
                @Option(value = "true"),
                @Option(value = "false"),
                @Option(value = "v1"),
                @Option(value = "v2"),
                @Option(value = "on"),
                @Option(value = "off"),
                @Option(value = "yes"),
                @Option(value = "no"),
                @Option(value = "1"),
                @Option(value = "0")
            })
    String proxy__protocol() default "false";

    @AttributeDefinition(
            required = false,
            description = "primary or secondary: servers of lower rank are used when none of a higher one is usable",
            options = {@Option(value = "primary"), @Option(value = "secondary")})
    String rank() default "primary";

    @AttributeDefinition(
            required = false,
            description = "Whether packets to and from the server are compressed with zlib, where the server can")
    boolean compression() default false;

    @AttributeDefinition(
            required = false,
            description =
                    "File with the server's public RSA key, PEM: passwords of caching_sha2_password and"
                            + " sha256_password are encrypted with it where the connection is not TLS; read when the section is")
    String server__public__key__path() default "";

    @AttributeDefinition(
            required = false,
            description = "Whether the server is asked for that key where none is given; whoever sits between can then"
                    + " read the passwords")
    boolean get__server__public__key() default false;

    @AttributeDefinition(
            required = false,
            description = "TLS towards the server: required, disabled, true or false",
            options = {
                @Option(value = "required"),
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

    @AttributeDefinition(required = false, description = "File of the client's private key, PEM")
    String ssl__key() default "";

    @AttributeDefinition(required = false, description = "File of the client's certificate, PEM")
    String ssl__cert() default "";

    @AttributeDefinition(required = false, description = "File of trusted authorities, PEM; empty: those of the JDK")
    String ssl__ca__cert() default "";

    @AttributeDefinition(required = false, description = "The same as ssl_ca_cert")
    String ssl__ca() default "";

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

    @AttributeDefinition(required = false, description = "Cipher suites, separated by colons; empty: the platform's")
    String ssl__cipher() default "";

    @AttributeDefinition(required = false, description = "File of a certificate revocation list, PEM")
    String ssl__crl() default "";

    @AttributeDefinition(
            required = false,
            description = "Most intermediate authorities in a certificate chain",
            min = "0")
    int ssl__cert__verify__depth() default 9;

    @AttributeDefinition(
            required = false,
            description =
                    "Whether the server's certificate must be signed by a trusted authority; empty: when ssl_ca is set",
            options = {
                @Option(value = ""),
                @Option(value = "true"),
                @Option(value = "false"),
                @Option(value = "on"),
                @Option(value = "off"),
                @Option(value = "yes"),
                @Option(value = "no"),
                @Option(value = "1"),
                @Option(value = "0")
            })
    String ssl__verify__peer__certificate() default "";

    @AttributeDefinition(
            required = false,
            description =
                    "Whether the server's certificate must name its address; empty: when the certificate is verified",
            options = {
                @Option(value = ""),
                @Option(value = "true"),
                @Option(value = "false"),
                @Option(value = "on"),
                @Option(value = "off"),
                @Option(value = "yes"),
                @Option(value = "no"),
                @Option(value = "1"),
                @Option(value = "0")
            })
    String ssl__verify__peer__host() default "";
}
