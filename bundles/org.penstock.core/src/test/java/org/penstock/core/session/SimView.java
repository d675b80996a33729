package org.penstock.core.session;

import java.util.Map;
import org.penstock.api.server.ServerView;

/** A server as modules see it. */
record SimView(String name) implements ServerView {
    static ServerView of(String name) {
        return new SimView(name);
    }

    @Override
    public String address() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return 3306;
    }

    @Override
    public int status() {
        return 0;
    }

    @Override
    public int connections() {
        return 0;
    }

    @Override
    public long totalConnections() {
        return 0;
    }

    @Override
    public int operations() {
        return 0;
    }

    @Override
    public String version() {
        return "10.11.0";
    }

    @Override
    public Map<String, String> facts() {
        return Map.of();
    }

    @Override
    public String parameter(String key) {
        return null;
    }
}
