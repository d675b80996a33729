package org.penstock.testkit;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.penstock.api.server.ServerStatus;
import org.penstock.api.server.ServerView;

/** A server whose values a test sets. */
public final class FakeServer implements ServerView {
    private final Map<String, String> facts = new HashMap<>();
    private final Map<String, String> parameters = new HashMap<>();
    private final String name;
    private int status;
    private int connections;
    private int operations;
    private long total;
    private @Nullable String version;

    private FakeServer(String name) {
        this.name = name;
    }

    /** A running server in these roles. */
    public static FakeServer running(String name, ServerStatus... roles) {
        return new FakeServer(name).set(roles).add(ServerStatus.RUNNING);
    }

    /** Replaces the status by exactly these bits. */
    public FakeServer set(ServerStatus... statuses) {
        status = ServerStatus.mask(statuses);
        return this;
    }

    /** Adds a bit to the status. */
    public FakeServer add(ServerStatus bit) {
        status |= bit.bit();
        return this;
    }

    /** Takes a bit from the status. */
    public FakeServer remove(ServerStatus bit) {
        status &= ~bit.bit();
        return this;
    }

    public FakeServer connections(int value) {
        connections = value;
        return this;
    }

    public FakeServer operations(int value) {
        operations = value;
        return this;
    }

    public FakeServer total(long value) {
        total = value;
        return this;
    }

    public FakeServer version(String value) {
        version = value;
        return this;
    }

    public FakeServer fact(String key, String value) {
        facts.put(key, value);
        return this;
    }

    public FakeServer parameter(String key, String value) {
        parameters.put(key, value);
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
        return operations;
    }

    @Override
    public @Nullable String version() {
        return version;
    }

    @Override
    public Map<String, String> facts() {
        return Map.copyOf(facts);
    }

    @Override
    public @Nullable String parameter(String key) {
        return parameters.get(key);
    }

    @Override
    public String toString() {
        return name;
    }
}
