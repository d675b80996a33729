package org.penstock.testkit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.api.session.SessionContext;

/** A session whose state the test sets; background tasks and timers wait until the test runs them. */
public final class FakeSession implements SessionContext {
    /** CLIENT_DEPRECATE_EOF. */
    public static final long DEPRECATE_EOF = 1L << 24;

    /** CLIENT_PROTOCOL_41, CLIENT_SECURE_CONNECTION, CLIENT_PLUGIN_AUTH and {@link #DEPRECATE_EOF}. */
    public static final long DEFAULT_CAPABILITIES = 1L << 9 | 1L << 15 | 1L << 19 | DEPRECATE_EOF;

    private record Alarm(long number, long atNanos, Runnable task) {}

    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final List<Alarm> alarms = new ArrayList<>();
    private final Map<String, FakeBranch> branches = new LinkedHashMap<>();
    private long alarmsSet;
    private long nowNanos;
    private long id = 1;
    private String service = "Service";
    private String user = "app";
    private String clientAddress = "127.0.0.1";
    private @Nullable String database;
    private int charset = 45;
    private long capabilities = DEFAULT_CAPABILITIES;
    private int serverStatus = 2;

    public FakeSession id(long value) {
        id = value;
        return this;
    }

    public FakeSession service(String value) {
        service = value;
        return this;
    }

    public FakeSession user(String value) {
        user = value;
        return this;
    }

    public FakeSession clientAddress(String value) {
        clientAddress = value;
        return this;
    }

    public FakeSession database(@Nullable String value) {
        database = value;
        return this;
    }

    public FakeSession charset(int value) {
        charset = value;
        return this;
    }

    public FakeSession capabilities(long value) {
        capabilities = value;
        return this;
    }

    public FakeSession serverStatus(int value) {
        serverStatus = value;
        return this;
    }

    public FakeSession attribute(String key, String value) {
        attributes.put(key, value);
        return this;
    }

    /** A service that {@link #branch} may open from now on. */
    public FakeBranch offerBranch(String name) {
        return branches.computeIfAbsent(name, key -> new FakeBranch());
    }

    /** Runs what was given to {@link #background} so far and its outcomes; returns how many tasks. */
    public int runBackground() {
        int ran = 0;
        for (Runnable task = background.poll(); task != null; task = background.poll()) {
            task.run();
            ran++;
        }
        return ran;
    }

    /** Moves the clock of {@link #after} and runs what became due, in order. */
    public void advance(Duration by) {
        nowNanos += by.toNanos();
        for (Alarm due = nextDue(); due != null; due = nextDue()) {
            alarms.remove(due);
            due.task().run();
        }
    }

    private @Nullable Alarm nextDue() {
        Alarm first = null;
        for (Alarm alarm : alarms) {
            if (alarm.atNanos() <= nowNanos && (first == null || alarm.atNanos() < first.atNanos())) {
                first = alarm;
            }
        }
        return first;
    }

    @Override
    public <T> void background(Callable<T> task, Outcome<T> outcome) {
        background.add(() -> {
            T result;
            try {
                result = task.call();
            } catch (Exception e) {
                outcome.done(null, e);
                return;
            }
            outcome.done(result, null);
        });
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        Alarm alarm = new Alarm(++alarmsSet, nowNanos + delay.toNanos(), task);
        alarms.add(alarm);
        return () -> alarms.removeIf(pending -> pending.number() == alarm.number());
    }

    @Override
    public FakeBranch branch(String name) {
        FakeBranch branch = branches.get(name);
        if (branch == null) {
            throw new ProtocolException(SqlError.general("no service '" + name + "'"));
        }
        return branch;
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
        return Map.copyOf(attributes);
    }
}
