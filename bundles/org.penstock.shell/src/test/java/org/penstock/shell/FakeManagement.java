package org.penstock.shell;

import java.util.ArrayList;
import java.util.List;
import org.penstock.api.admin.AdminException;
import org.penstock.api.admin.Details;
import org.penstock.api.admin.Management;
import org.penstock.api.admin.ObjectKind;
import org.penstock.api.admin.Table;

/** A core with two servers and a service that has a blank in its name; it notes what it is told to do. */
public final class FakeManagement implements Management {
    public final List<String> calls = new ArrayList<>();

    @Override
    public Table list(ObjectKind kind) {
        return new Table(
                List.of("Name", "Port"),
                names(kind).stream().map(name -> List.of(name, "3306")).toList());
    }

    @Override
    public Details show(ObjectKind kind, String name) {
        if (!names(kind).contains(name)) {
            throw new AdminException("no " + kind.word() + " '" + name + "'");
        }
        return new Details(
                kind.word() + " " + name,
                List.of(new Details.Entry("Status", "Running")),
                List.of(new Details.Section("Parts", new Table(List.of("Part"), List.of(List.of("one"))))));
    }

    @Override
    public List<String> names(ObjectKind kind) {
        return switch (kind) {
            case SERVER -> List.of("s1", "s2");
            case SERVICE -> List.of("Read Only", "RW");
            case LISTENER -> List.of("L1");
            case SESSION -> List.of("17");
            case FILTER -> List.of("log");
            case MONITOR -> List.of("M");
            case MODULE -> List.of("qlafilter");
        };
    }

    @Override
    public List<String> why(String name) {
        return name.equals("RW") ? List.of("waiting for module 'tee'") : List.of();
    }

    @Override
    public void setServerStatus(String server, String status) {
        calls.add("set " + server + " " + status);
    }

    @Override
    public void clearServerStatus(String server, String status) {
        calls.add("clear " + server + " " + status);
    }

    @Override
    public Table blockedAddresses() {
        return new Table(List.of("Address"), List.of(List.of("10.0.0.1")));
    }

    @Override
    public String unblock(String address) {
        calls.add("unblock " + address);
        return "counted anew";
    }

    @Override
    public void killSession(long id) {
        calls.add("kill " + id);
    }

    @Override
    public void enable(ObjectKind kind, String name, boolean on) {
        calls.add((on ? "start " : "stop ") + kind.word() + " " + name);
    }

    @Override
    public String reloadAccounts(String service) {
        return "12 accounts of " + service;
    }

    @Override
    public List<String> reloadTls() {
        return List.of("listener 'RW': CN=proxy");
    }

    @Override
    public void shutdown() {
        calls.add("shutdown");
    }
}
