package org.penstock.router.readconnroute;

import java.util.HashMap;
import java.util.Map;
import org.penstock.api.server.ServerStatus;
import org.penstock.api.server.ServerView;

/** A server whose values a test sets. */
final class FakeServer implements ServerView {
    final Map<String, String> facts = new HashMap<>();
    final Map<String, String> parameters = new HashMap<>();
    int status;
    int connections;
    long total;
    private final String name;

    FakeServer(String name, ServerStatus... statuses) {
        this.name = name;
        this.status = ServerStatus.mask(statuses);
    }

    static FakeServer running(String name, ServerStatus... roles) {
        FakeServer server = new FakeServer(name, roles);
        server.status |= ServerStatus.RUNNING.bit();
        return server;
    }

    FakeServer with(int connections) {
        this.connections = connections;
        return this;
    }

    FakeServer total(long total) {
        this.total = total;
        return this;
    }

    FakeServer fact(String key, String value) {
        facts.put(key, value);
        return this;
    }

    FakeServer weight(String value) {
        parameters.put("weight", value);
        return this;
    }

    @Override
    public String name() {
        return name;
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
        return status;
    }

    @Override
    public int connections() {
        return connections;
    }

    @Override
    public long totalConnections() {
        return total;
    }

    @Override
    public int operations() {
        return 0;
    }

    @Override
    public String version() {
        return null;
    }

    @Override
    public Map<String, String> facts() {
        return facts;
    }

    @Override
    public String parameter(String key) {
        return parameters.get(key);
    }

    @Override
    public String toString() {
        return name;
    }
}
