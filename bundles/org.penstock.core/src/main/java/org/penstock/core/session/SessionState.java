package org.penstock.core.session;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;
import org.penstock.api.session.SessionView;
import org.penstock.wire.CommandType;
import org.penstock.wire.ErrorCodes;
import org.penstock.wire.ServerStatus;

/** What the session knows of its client and its state; plain values, changed by the machine only. */
public final class SessionState implements SessionView {
    private static final int SESSION_FLAGS = ServerStatus.IN_TRANS
            | ServerStatus.AUTOCOMMIT
            | ServerStatus.NO_BACKSLASH_ESCAPES
            | ServerStatus.IN_TRANS_READONLY
            | ServerStatus.ANSI_QUOTES;

    private final long id;
    private final String service;
    private final String clientAddress;
    private String user;
    private @Nullable String database;
    private int charset;
    private long capabilities;
    private int serverStatus = ServerStatus.AUTOCOMMIT;
    private Map<String, String> attributes;
    private boolean replicates = true;

    public SessionState(long id, String service, String clientAddress, Login login) {
        this.id = id;
        this.service = service;
        this.clientAddress = clientAddress;
        this.user = login.user();
        this.database = login.database();
        this.charset = login.charset();
        this.capabilities = login.capabilities();
        this.attributes = login.attributes();
    }

    /**
     * What a login settled.
     *
     * @param user account name
     * @param database default database, or null
     * @param charset collation id
     * @param capabilities negotiated flags
     * @param attributes connection attributes
     */
    public record Login(
            String user, @Nullable String database, int charset, long capabilities, Map<String, String> attributes) {
        public Login {
            attributes = Map.copyOf(attributes);
        }
    }

    void changed(Login login) {
        user = login.user();
        database = login.database();
        charset = login.charset();
        attributes = login.attributes();
    }

    /** Whether the client may be a replica; before the session begins. */
    public void replicates(boolean allowed) {
        replicates = allowed;
    }

    /** The error for a command that this client may not send, or null. */
    @Nullable
    SqlError refusal(int code) {
        boolean replication = code == CommandType.REGISTER_SLAVE
                || code == CommandType.BINLOG_DUMP
                || code == CommandType.BINLOG_DUMP_GTID;
        return replicates || !replication
                ? null
                : new SqlError(
                        ErrorCodes.NOT_ALLOWED_COMMAND,
                        ErrorCodes.sqlState(ErrorCodes.NOT_ALLOWED_COMMAND),
                        "The used command is not allowed: allow_replication of the listener is false");
    }

    void database(String name) {
        database = name;
    }

    /** The session's state at its servers begins anew. */
    void fresh() {
        serverStatus = ServerStatus.AUTOCOMMIT;
    }

    /** Takes over what the flags of a reply say of the session; those that speak of the reply alone end with it. */
    void serverStatus(int flags) {
        serverStatus = flags & SESSION_FLAGS;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public String service() {
        return service;
    }

    @Override
    public String user() {
        return user;
    }

    @Override
    public String clientAddress() {
        return clientAddress;
    }

    @Override
    public @Nullable String database() {
        return database;
    }

    @Override
    public int charset() {
        return charset;
    }

    @Override
    public long capabilities() {
        return capabilities;
    }

    @Override
    public int serverStatus() {
        return serverStatus;
    }

    @Override
    public Map<String, String> attributes() {
        return attributes;
    }
}
