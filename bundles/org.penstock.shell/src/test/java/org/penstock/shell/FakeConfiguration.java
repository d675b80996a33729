package org.penstock.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.penstock.api.admin.ConfigurationControl;
import org.penstock.api.admin.ObjectKind;

/** A configuration that notes each change. */
public final class FakeConfiguration implements ConfigurationControl {
    public final List<String> threads = new ArrayList<>();
    public final List<String> calls = new ArrayList<>();

    @Override
    public ChangeReport alter(ObjectKind kind, String name, Map<String, String> parameters) {
        return note("alter", kind, name, parameters);
    }

    @Override
    public ChangeReport create(ObjectKind kind, String name, Map<String, String> parameters) {
        return note("create", kind, name, parameters);
    }

    @Override
    public ChangeReport destroy(ObjectKind kind, String name) {
        return note("destroy", kind, name, Map.of());
    }

    private ChangeReport note(String verb, ObjectKind kind, String name, Map<String, String> parameters) {
        threads.add(Thread.currentThread().getName());
        calls.add(verb + " " + kind.word() + " " + name + " " + parameters);
        return new ChangeReport(List.of(kind.word() + " '" + name + "': done"));
    }

    @Override
    public ChangeReport reload(boolean dryRun) {
        return new ChangeReport(List.of(dryRun ? "would change" : "changed"));
    }

    @Override
    public List<String> parameters(ObjectKind kind, String name) {
        return List.of("filebase", "log_type");
    }
}
