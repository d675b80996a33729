package org.penstock.core.listener;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

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
            description = "Authenticators that are taken, a comma list; empty: all that are installed, by the accounts' plugins")
    String authenticator() default "";

    @AttributeDefinition(required = false, description = "Options of the authenticators, k=v separated by commas")
    String authenticator__options() default "";

    @AttributeDefinition(
            required = false,
            description = "JSON file that says with which accounts and passwords servers are logged in to for clients")
    String user__mapping__file() default "";

    @AttributeDefinition(required = false, description = "Bound for a whole login, duration (bare number: seconds)")
    String connect__timeout() default "10s";

    @AttributeDefinition(
            required = false,
            description = "Logins that may be pending at a time; further clients are refused with 1040",
            min = "1")
    int max__pending__logins() default 10_000;
}
