package org.penstock.servers;

/**
 * An account that every embedded server has, with mysql_native_password.
 *
 * @param user its name
 * @param password its password, in clear: these servers listen on loopback and hold made-up data
 */
public record Account(String user, String password) {

    /** For the proxy's services and monitors: reads the grant tables and the replication state, may steer replication. */
    public static final Account SERVICE = new Account("maxuser", "maxpwd");

    /** For clients: everything in database {@link EmbeddedCluster#DATABASE}. */
    public static final Account APP = new Account("app", "app");

    /** For replicas. */
    public static final Account REPLICATION = new Account("repl", "repl");
}
