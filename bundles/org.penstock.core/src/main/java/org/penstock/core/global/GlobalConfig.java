package org.penstock.core.global;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Parameters of the global section, {@code [maxscale]}. */
@ObjectClassDefinition(name = "global", description = "Settings of the whole process")
public @interface GlobalConfig {
    String PID = "org.penstock.global";

    @AttributeDefinition(required = false, description = "Event loops: a number or auto, one per processor")
    String threads() default "auto";

    @AttributeDefinition(required = false, description = "Most event loops", min = "1")
    int threads__max() default 256;

    @AttributeDefinition(required = false, description = "Threads for work of modules that may block", min = "1")
    int background__threads() default 4;

    @AttributeDefinition(
            required = false,
            description =
                    "Longest time to connect to a server for its accounts, login included, duration (bare number: seconds)")
    String auth__connect__timeout() default "10s";

    @AttributeDefinition(
            required = false,
            description = "Longest time of one question for accounts, duration (bare number: seconds)")
    String auth__read__timeout() default "10s";

    @AttributeDefinition(
            required = false,
            description = "Accepted, without effect: auth_read_timeout bounds a question as a whole")
    String auth__write__timeout() default "10s";

    @AttributeDefinition(
            required = false,
            description = "Times that reading accounts is tried again after a lost connection",
            min = "0")
    int query__retries() default 1;

    @AttributeDefinition(
            required = false,
            description = "Longest time of all those tries together, duration (bare number: seconds)")
    String query__retry__timeout() default "10s";

    @AttributeDefinition(
            required = false,
            description =
                    "Shortest time between two loads of accounts for unknown users, at least 10s, duration (bare number: seconds); negative: none")
    String users__refresh__time() default "30s";

    @AttributeDefinition(
            required = false,
            description = "Time between loads of accounts without a cause, duration (bare number: seconds); 0: none")
    String users__refresh__interval() default "0s";

    @AttributeDefinition(
            required = false,
            description = "Whether grants that accounts of services and monitors lack are not reported")
    boolean skip__permission__checks() default false;

    @AttributeDefinition(required = false, description = "Source address of connections to servers")
    String local__address() default "";

    @AttributeDefinition(required = false, description = "Whether addresses of clients are never resolved to names")
    boolean skip__name__resolve() default false;

    @AttributeDefinition(
            required = false,
            description = "Refused logins in a row after which a client's address is blocked for 60s; 0: never",
            min = "0")
    int max__auth__errors__until__block() default 10;

    @AttributeDefinition(
            required = false,
            description =
                    "Most bytes that all sessions together keep back of replies for modules that asked for them, size")
    String module__collect__limit() default "256Mi";

    @AttributeDefinition(
            required = false,
            description =
                    "Who does the cryptography of TLS: openssl (native), jdk, or auto, openssl where it can be loaded",
            options = {@Option(value = "auto"), @Option(value = "openssl"), @Option(value = "jdk")})
    String ssl__provider() default "auto";

    @AttributeDefinition(
            required = false,
            description = "Bytes waiting for a peer above which nothing more is read for it, size; 0: the default")
    String writeq__high__water() default "64Ki";

    @AttributeDefinition(required = false, description = "Bytes waiting for a peer below which reading goes on, size")
    String writeq__low__water() default "1Ki";

    @AttributeDefinition(required = false, description = "Whether monitors only watch and never change the cluster")
    boolean passive() default false;

    @AttributeDefinition(
            required = false,
            description = "SQL mode of the statement classifier: default or oracle",
            options = {@Option(value = "default"), @Option(value = "oracle")})
    String sql__mode() default "default";

    @AttributeDefinition(
            required = false,
            description = "Statements of each session that are kept for show session",
            min = "0")
    int retain__last__statements() default 0;

    @AttributeDefinition(
            required = false,
            description = "When those are logged: never, on_close or on_error",
            options = {@Option(value = "never"), @Option(value = "on_close"), @Option(value = "on_error")})
    String dump__last__statements() default "never";

    @AttributeDefinition(
            required = false,
            description = "Accepted, without effect: repeated events are logged once per change")
    String log__throttling() default "10,1000ms,10000ms";

    @AttributeDefinition(required = false, description = "Accepted, without effect: see conf/logback.xml")
    boolean log__debug() default false;

    @AttributeDefinition(required = false, description = "Accepted, without effect: see conf/logback.xml")
    boolean log__info() default false;

    @AttributeDefinition(required = false, description = "Accepted, without effect: see conf/logback.xml")
    boolean log__notice() default true;

    @AttributeDefinition(required = false, description = "Accepted, without effect: see conf/logback.xml")
    boolean log__warning() default true;

    @AttributeDefinition(required = false, description = "Accepted, without effect: see conf/logback.xml")
    String log__messages() default "";

    @AttributeDefinition(required = false, description = "Accepted, without effect: see conf/logback.xml")
    String log__trace() default "";

    @AttributeDefinition(required = false, description = "Accepted, without effect: log lines have milliseconds")
    boolean ms__timestamp() default false;

    @AttributeDefinition(required = false, description = "Accepted, without effect: log lines name the class")
    int log__augmentation() default 0;

    @AttributeDefinition(required = false, description = "Accepted, without effect: see conf/logback.xml")
    boolean syslog() default false;

    @AttributeDefinition(required = false, description = "Accepted, without effect: see conf/logback.xml")
    boolean maxlog() default true;

    @AttributeDefinition(required = false, description = "Accepted, without effect: see conf/logback.xml")
    boolean log__to__shm() default false;

    @AttributeDefinition(required = false, description = "Accepted, without effect: grants are the servers' business")
    boolean log__warn__super__user() default false;

    @AttributeDefinition(
            required = false,
            description = "Directory of log files that modules write; empty: log in the data directory")
    String logdir() default "";

    @AttributeDefinition(
            required = false,
            description = "Accepted, without effect: the start script's -D names the data directory")
    String datadir() default "";

    @AttributeDefinition(
            required = false,
            description = "Accepted, without effect: modules are bundles in system/ and deploy/")
    String libdir() default "";

    @AttributeDefinition(
            required = false,
            description = "Directory of cached accounts; empty: cache in the data directory")
    String cachedir() default "";

    @AttributeDefinition(required = false, description = "Accepted, without effect: run in the data directory is used")
    String piddir() default "";

    @AttributeDefinition(required = false, description = "Accepted, without effect: there are no further executables")
    String execdir() default "";

    @AttributeDefinition(required = false, description = "Accepted, without effect: authenticators are bundles")
    String connector__plugindir() default "";

    @AttributeDefinition(
            required = false,
            description = "Directory of changes made at run time; empty: in the data directory")
    String persistdir() default "";

    @AttributeDefinition(
            required = false,
            description = "Base of relative paths in parameters of modules; empty: the configuration file's directory")
    String module__configdir() default "";

    @AttributeDefinition(required = false, description = "Accepted, without effect: messages are built in")
    String language() default "";

    @AttributeDefinition(required = false, description = "Accepted, without effect: passwords are read as written")
    String secretsdir() default "";

    @AttributeDefinition(required = false, description = "Accepted, without effect: there are no shared files")
    String sharedir() default "";

    @AttributeDefinition(required = false, description = "Accepted, without effect: there is one classifier")
    String query__classifier() default "";

    @AttributeDefinition(required = false, description = "Accepted, without effect: there is one classifier")
    String query__classifier__args() default "";

    @AttributeDefinition(
            required = false,
            description = "Accepted, without effect: the classifier's caches have fixed bounds")
    String query__classifier__cache__size() default "";

    @AttributeDefinition(required = false, description = "Accepted, without effect: the event loops decide")
    int non__blocking__polls() default 3;

    @AttributeDefinition(required = false, description = "Accepted, without effect: the event loops decide")
    String poll__sleep() default "1000";

    @AttributeDefinition(required = false, description = "Accepted, without effect: see the options of the JVM")
    boolean core__file() default true;

    @AttributeDefinition(
            required = false,
            description = "Accepted, without effect: nothing is tuned from variables of servers")
    String auto__tune() default "";

    @AttributeDefinition(required = false, description = "Accepted, without effect: a session stays on its event loop")
    String rebalance__period() default "0s";

    @AttributeDefinition(required = false, description = "Accepted, without effect: a session stays on its event loop")
    int rebalance__threshold() default 20;

    @AttributeDefinition(required = false, description = "Accepted, without effect: a session stays on its event loop")
    int rebalance__window() default 10;

    @AttributeDefinition(required = false, description = "Whether $NAME in values stands for an environment variable")
    boolean substitute__variables() default false;

    @AttributeDefinition(required = false, description = "Accepted, without effect: see show session")
    int session__trace() default 0;

    @AttributeDefinition(required = false, description = "Accepted, without effect: see show session")
    String session__trace__match() default "";

    @AttributeDefinition(required = false, description = "Whether changes at run time are written down")
    boolean persist__runtime__changes() default true;

    @AttributeDefinition(required = false, description = "Whether such changes are read at the start")
    boolean load__persisted__configs() default true;

    @AttributeDefinition(
            required = false,
            description = "Accepted, without effect: reads are bounded by the water marks")
    String max__read__amount() default "0";

    @AttributeDefinition(required = false, description = "Address of the REST interface")
    String admin__host() default "127.0.0.1";

    @AttributeDefinition(required = false, description = "Port of the REST interface")
    int admin__port() default 8989;

    @AttributeDefinition(required = false, description = "Whether the REST interface demands an account")
    boolean admin__auth() default true;

    @AttributeDefinition(required = false, description = "Whether the REST interface is on")
    boolean admin__enabled() default true;

    @AttributeDefinition(required = false, description = "Accepted, without effect: there is no graphical interface")
    boolean admin__gui() default true;

    @AttributeDefinition(required = false, description = "Accepted, without effect: there is no graphical interface")
    boolean admin__secure__gui() default true;

    @AttributeDefinition(required = false, description = "Private key file of the REST interface, PEM")
    String admin__ssl__key() default "";

    @AttributeDefinition(required = false, description = "Certificate file of the REST interface, PEM")
    String admin__ssl__cert() default "";

    @AttributeDefinition(required = false, description = "Authority file of the REST interface, PEM")
    String admin__ssl__ca() default "";

    @AttributeDefinition(required = false, description = "The same as admin_ssl_ca")
    String admin__ssl__ca__cert() default "";

    @AttributeDefinition(required = false, description = "Lowest TLS version of the REST interface")
    String admin__ssl__version() default "MAX";

    @AttributeDefinition(required = false, description = "Whether refused logins of the REST interface are logged")
    boolean admin__log__auth__failures() default true;

    @AttributeDefinition(required = false, description = "Host patterns that may change things over REST")
    String admin__readwrite__hosts() default "%";

    @AttributeDefinition(required = false, description = "Host patterns that may look over REST")
    String admin__readonly__hosts() default "%";

    @AttributeDefinition(required = false, description = "Accepted, without effect: changes are logged")
    boolean admin__audit() default false;

    @AttributeDefinition(required = false, description = "Accepted, without effect: changes are logged")
    String admin__audit__file() default "";
}
