package org.penstock.core.service;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Parameters of a service section that belong to the core; the others are its router's. */
@ObjectClassDefinition(name = "service", description = "A router with its filters, accounts and servers")
public @interface ServiceConfig {
    String PID = "org.penstock.service";

    @AttributeDefinition(description = "Name of the section")
    String name();

    @AttributeDefinition(description = "Router module")
    String router();

    @AttributeDefinition(required = false, description = "Names of the service's servers; their order breaks ties")
    String[] servers() default {};

    @AttributeDefinition(required = false, description = "Name of a monitor whose servers are used, instead of servers")
    String cluster() default "";

    @AttributeDefinition(
            required = false,
            description = "Names of filters, separated by |, in the order in which commands pass them")
    String[] filters() default {};

    @AttributeDefinition(
            required = false,
            description =
                    "Account that reads the accounts from the servers; not needed by routers that answer by themselves")
    String user() default "";

    @AttributeDefinition(required = false, type = AttributeType.PASSWORD, description = "Password of user")
    String password() default "";

    @AttributeDefinition(
            required = false,
            type = AttributeType.PASSWORD,
            description = "The same as password, which wins")
    String passwd() default "";

    @AttributeDefinition(required = false, description = "Whether clients may log in as root")
    boolean enable__root__user() default false;

    @AttributeDefinition(required = false, description = "Whether % admits clients of this host")
    boolean localhost__match__wildcard__host() default true;

    @AttributeDefinition(
            required = false,
            description = "Version that clients are greeted with; empty: that of the servers")
    String version__string() default "";

    @AttributeDefinition(
            required = false,
            description = "Whether the accounts of all servers are united instead of taken from the first usable one")
    boolean auth__all__servers() default false;

    @AttributeDefinition(
            required = false,
            description = "Whether backslashes are dropped from the database names of grants")
    boolean strip__db__esc() default true;

    @AttributeDefinition(required = false, description = "Whether user may log in when no accounts could be read")
    boolean inject__service__user() default true;

    @AttributeDefinition(
            required = false,
            description =
                    "The servers' setting of that name: 0, 1 or 2; with 1 and 2 database names are compared without regard to case",
            min = "0",
            max = "2")
    int lower__case__table__names() default 0;

    @AttributeDefinition(
            required = false,
            description = "Path of a JSON file with accounts that are added to those of the servers; empty: none")
    String user__accounts__file() default "";

    @AttributeDefinition(
            required = false,
            description =
                    "add_when_load_ok: the file counts beside accounts that a server has told; file_only_always: the file alone counts, and no server is asked",
            options = {@Option("add_when_load_ok"), @Option("file_only_always")})
    String user__accounts__file__usage() default "add_when_load_ok";

    @AttributeDefinition(required = false, description = "Whether refused logins are logged")
    boolean log__auth__warnings() default true;

    @AttributeDefinition(
            required = false,
            description = "Longest idle time of a session, duration (bare number: seconds); 0: no limit")
    String wait__timeout() default "0s";

    @AttributeDefinition(required = false, description = "The same as wait_timeout, which wins")
    String connection__timeout() default "";

    @AttributeDefinition(
            required = false,
            description = "Most sessions at a time; further clients get error 1040; 0: no limit",
            min = "0")
    int max__connections() default 0;

    @AttributeDefinition(
            required = false,
            description = "Clients beyond max_connections that wait instead of being turned away",
            min = "0")
    int max__queued__connections() default 0;

    @AttributeDefinition(
            required = false,
            description = "How long such a client waits, duration (bare number: seconds); 0: no limit")
    String queued__connection__timeout() default "0s";

    @AttributeDefinition(
            required = false,
            description = "How long a client may leave a reply unread, duration (bare number: seconds); 0: no limit")
    String net__write__timeout() default "0s";

    @AttributeDefinition(
            required = false,
            description =
                    "Idle time after which server connections of a busy session are pinged, duration (bare number: seconds); 0: never")
    String connection__keepalive() default "300s";

    @AttributeDefinition(required = false, description = "Whether server connections of idle sessions are pinged too")
    boolean force__connection__keepalive() default false;

    @AttributeDefinition(
            required = false,
            description =
                    "Idle time after which a session lends its server connections to the pool, duration (bare number: seconds); negative: never")
    String idle__session__pool__time() default "-1s";

    @AttributeDefinition(
            required = false,
            description = "How long a session waits for a connection from the pool, duration (bare number: seconds)")
    String multiplex__timeout() default "60s";

    @AttributeDefinition(
            required = false,
            description = "How long a session waits for a module that is missing, duration (bare number: seconds)")
    String module__wait__timeout() default "30s";

    @AttributeDefinition(
            required = false,
            description = "Accepted, without effect: a service that lacks something starts when that arrives")
    boolean retry__on__failure() default true;

    @AttributeDefinition(
            required = false,
            description = "Accepted, without effect: grants with wildcards are matched as they are")
    boolean optimize__wildcard() default false;

    @AttributeDefinition(required = false, description = "Accepted, without effect")
    String monitor() default "";
}
