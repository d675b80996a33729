package org.penstock.core.login;

/**
 * What a listener's clients may use of the protocol.
 *
 * @param replication the commands of replicas: to register, and to be sent the binary log
 * @param localFiles statements that read a file of the client, {@code LOAD DATA LOCAL}
 */
public record Permissions(boolean replication, boolean localFiles) {
    /** Everything. */
    public static final Permissions ALL = new Permissions(true, true);
}
