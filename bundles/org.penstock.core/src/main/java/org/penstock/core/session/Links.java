package org.penstock.core.session;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.api.server.ServerStatus;
import org.penstock.api.server.ServerView;
import org.penstock.wire.ErrorCodes;

/** The server connections of one session. */
final class Links {
    /** Most servers that one session may be connected to. */
    static final int MAX_LINKS = 255;

    private final SessionMachine machine;
    private final List<Link> links = new ArrayList<>(1);
    private @Nullable Link previous;
    private boolean previousLost;
    private final List<Link> doomed = new ArrayList<>(0);
    private final List<SqlError> reasons = new ArrayList<>(0);
    private boolean departs;

    Links(SessionMachine machine) {
        this.machine = machine;
    }

    /** The server of the previous command, or null when there is none or it is gone. */
    @Nullable
    Link previous() {
        return previous;
    }

    void previous(Link used) {
        previous = used;
        previousLost = false;
    }

    /** Whether the server of the previous command is gone, and with it what it knew of that. */
    boolean previousLost() {
        return previousLost;
    }

    List<Link> all() {
        return links;
    }

    List<Link> snapshot() {
        return List.copyOf(links);
    }

    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (Link link : links) {
            if (!link.leaving()) {
                names.add(link.server().name());
            }
        }
        return names;
    }

    /** The link to a server, opened where there is none. */
    Link to(String server) {
        Link known = find(server);
        return known == null ? open(server) : known;
    }

    boolean has(String server) {
        return find(server) != null;
    }

    private @Nullable Link find(String server) {
        for (int i = 0; i < links.size(); i++) {
            if (!links.get(i).leaving() && links.get(i).server().name().equals(server)) {
                return links.get(i);
            }
        }
        return null;
    }

    private Link open(String server) {
        if (links.size() >= MAX_LINKS) {
            throw new ProtocolException(SqlError.general("a session may use at most " + MAX_LINKS + " servers"));
        }
        for (ServerView view : machine.servers()) {
            if (view.name().equals(server)) {
                Link link = new Link(view);
                links.add(link);
                machine.port().connect(link);
                return link;
            }
        }
        throw new ProtocolException(SqlError.general("server '" + server + "' is not one of service '"
                + machine.state().service() + "'"));
    }

    /** Opens a connection in the background; nothing when there is one, or no such server. */
    void connect(String server) {
        for (ServerView view : machine.servers()) {
            if (view.name().equals(server)) {
                to(server);
                return;
            }
        }
    }

    /** Gives up the connection to a server behind what is in flight on it. */
    void disconnect(String server) {
        Link link = find(server);
        if (link != null) {
            link.leave();
            departs = true;
        }
    }

    /** Gives up the connections that owe a reply and whose server is down by the monitor: it may hang, and nothing else would end the wait. */
    void giveUpSilent() {
        if (!machine.keeping().services().statements()) {
            return;
        }
        for (Link link : snapshot()) {
            if (!link.idle() && !link.server().is(ServerStatus.RUNNING)) {
                doom(link, lost(link));
            }
        }
        machine.settle();
    }

    private static SqlError lost(Link link) {
        return new SqlError(
                ErrorCodes.CONNECTION_KILLED,
                "08S01",
                "Connection to server '" + link.server().name() + "' was lost: it is down and does not answer");
    }

    /** Gives up a connection for what its server answered, once the reply at hand has been dealt with. */
    void doom(Link link, SqlError why) {
        if (!link.doomed() && link.state() != Link.State.CLOSED) {
            link.doom();
            doomed.add(link);
            reasons.add(why);
        }
    }

    /** Closes what is given up. */
    void settle() {
        while (!doomed.isEmpty()) {
            Link link = doomed.remove(0);
            SqlError why = reasons.remove(0);
            if (link.state() != Link.State.CLOSED) {
                machine.port().closeServer(link);
                machine.farewell().serverLost(link, why);
            }
        }
        if (departs && machine.running()) {
            departs = false;
            for (Link link : snapshot()) {
                depart(link);
            }
        }
    }

    private void depart(Link link) {
        if (!link.leaving()) {
            return;
        }
        if (link.idle() && !machine.awaits(link)) {
            remove(link);
            machine.keeping().lost(link);
            machine.commands().lost(link);
            machine.port().closeServer(link);
        } else {
            departs = true;
        }
    }

    /** Whether every connection stands: none is being opened or brought up to date. */
    boolean allReady() {
        for (Link link : links) {
            if (!link.ready()) {
                return false;
            }
        }
        return true;
    }

    /** The connection is closed. What the session had there is forgotten by {@link Keeping#lost}. */
    void remove(Link link) {
        link.state(Link.State.CLOSED);
        links.remove(link);
        if (previous == link) {
            previous = null;
            previousLost = true;
        }
    }

    /** Whether a command for all servers may be sent; those that are not ready get it later where the session has a history. */
    boolean allTakeCommands() {
        boolean later = machine.keeping().history() != null;
        for (Link link : links) {
            if (!link.takesCommands() && !link.leaving() && !(later && !link.ready())) {
                return false;
            }
        }
        return true;
    }

    /** Whether no reply is outstanding on any link, not even one that nobody waits for. */
    boolean allIdle() {
        for (Link link : links) {
            if (!link.idle()) {
                return false;
            }
        }
        return true;
    }

    boolean anyBlocked() {
        for (int i = 0; i < links.size(); i++) {
            if (links.get(i).blocked()) {
                return true;
            }
        }
        return false;
    }

    void close() {
        for (Link link : List.copyOf(links)) {
            remove(link);
            machine.port().closeServer(link);
        }
    }
}
