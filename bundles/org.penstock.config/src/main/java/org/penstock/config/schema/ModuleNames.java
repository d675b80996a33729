package org.penstock.config.schema;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The module names of MaxScale, from 1.4 to 24.02. */
public final class ModuleNames {
    /** Names that mean one module. */
    private static final List<Set<String>> SYNONYMS = List.of(
            Set.of("mysqlmon", "mariadbmon"),
            Set.of("readconnroute", "readconnrouter"),
            Set.of("ccrfilter", "slavelag"),
            Set.of("xpandmon", "clustrixmon"));

    private static final Map<Kind, List<String>> MODULES = Map.of(
            Kind.ROUTER,
            List.of(
                    "readconnroute",
                    "readconnrouter",
                    "readwritesplit",
                    "schemarouter",
                    "binlogrouter",
                    "avrorouter",
                    "cli",
                    "debugcli",
                    "maxinfo",
                    "testroute",
                    "shardrouter",
                    "webserver",
                    "hintrouter",
                    "kafkacdc",
                    "kafkaimporter",
                    "mirror",
                    "smartrouter",
                    "xrouter",
                    "cat",
                    "diff"),
            Kind.FILTER,
            List.of(
                    "binlogfilter",
                    "cache",
                    "ccrfilter",
                    "comment",
                    "dbfwfilter",
                    "hintfilter",
                    "insertstream",
                    "ldi",
                    "luafilter",
                    "masking",
                    "maxrows",
                    "mqfilter",
                    "namedserverfilter",
                    "nullfilter",
                    "qlafilter",
                    "regexfilter",
                    "rewritefilter",
                    "slavelag",
                    "tee",
                    "testfilter",
                    "throttlefilter",
                    "topfilter",
                    "tpmfilter",
                    "wcar"),
            Kind.MONITOR,
            List.of(
                    "mysqlmon",
                    "mariadbmon",
                    "galeramon",
                    "mmmon",
                    "ndbclustermon",
                    "auroramon",
                    "csmon",
                    "grmon",
                    "clustrixmon",
                    "xpandmon",
                    "pgmon"));

    private static final Set<String> PROTOCOLS = Set.of(
            "MySQLClient",
            "MySQLBackend",
            "mariadb",
            "mariadbclient",
            "mariadbbackend",
            "mariadbprotocol",
            "mysql",
            "telnetd",
            "maxscaled",
            "HTTPD",
            "CDC",
            "postgresql",
            "postgresprotocol",
            "nosql",
            "nosqlprotocol");

    private static final Set<String> AUTHENTICATORS = Set.of(
            "MySQLAuth",
            "MySQLBackendAuth",
            "MariaDBAuth",
            "GSSAPIAuth",
            "GSSAPIBackendAuth",
            "PAMAuth",
            "PAMBackendAuth",
            "Ed25519Auth",
            "CDCPlainAuth",
            "MaxAdminAuth",
            "HTTPAuth",
            "NullAuth",
            "NullAuthAllow",
            "NullAuthDeny");

    /** Routers that answer by themselves: their services need neither servers nor an account. */
    private static final Set<String> WITHOUT_SERVERS = Set.of(
            "cli",
            "debugcli",
            "maxinfo",
            "binlogrouter",
            "testroute",
            "webserver",
            "avrorouter",
            "shardrouter",
            "kafkacdc",
            "kafkaimporter");

    private ModuleNames() {}

    /** Modules of a kind. */
    public static Collection<String> modules(Kind kind) {
        return MODULES.getOrDefault(kind, List.of());
    }

    public static Set<String> protocols() {
        return new TreeSet<>(PROTOCOLS);
    }

    public static Set<String> authenticators() {
        return new TreeSet<>(AUTHENTICATORS);
    }

    /** Other names of a module. */
    static Collection<String> synonyms(String name) {
        return SYNONYMS.stream()
                .filter(group -> group.contains(name))
                .findFirst()
                .orElse(Set.of());
    }

    /** Whether a router is known to need servers and an account that reads their accounts. */
    public static boolean needsServers(String router) {
        return modules(Kind.ROUTER).contains(router) && !WITHOUT_SERVERS.contains(router);
    }
}
