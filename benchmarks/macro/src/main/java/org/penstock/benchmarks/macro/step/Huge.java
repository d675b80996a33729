package org.penstock.benchmarks.macro.step;

import java.io.IOException;
import java.util.List;
import org.penstock.benchmarks.macro.BenchmarkException;
import org.penstock.benchmarks.macro.client.Account;
import org.penstock.benchmarks.macro.client.ClientConnection;
import org.penstock.benchmarks.macro.client.Endpoint;
import org.penstock.benchmarks.macro.process.Jvm;
import org.penstock.benchmarks.macro.process.Pause;
import org.penstock.benchmarks.macro.process.ProcessSample;
import org.penstock.benchmarks.macro.report.HugeFigure;
import org.penstock.benchmarks.macro.targets.Kind;
import org.penstock.benchmarks.macro.targets.Penstock;

/** A result of gigabytes whose client reads the first row and then nothing: how much of it does the proxy take in? */
public final class Huge {
    private static final int ROW_BYTES = 244;
    private static final int WARM_SCANS = 3;
    private static final long UNREAD_MILLIS = 10_000;
    private static final long QUICK_UNREAD_MILLIS = 1000;
    private static final double KIB = 1024;

    private final Bench bench;
    private final Fresh fresh;

    public Huge(Bench bench) {
        this.bench = bench;
        fresh = new Fresh(bench);
    }

    public void run() {
        for (Kind kind : List.of(Kind.READCONNROUTE, Kind.READWRITESPLIT)) {
            if (bench.options().kinds().contains(kind)) {
                System.err.println("Unread result: " + kind.word());
                try {
                    measure(kind);
                } catch (BenchmarkException | IOException e) {
                    bench.results().failure("unread result, " + kind.word() + ": " + e.getMessage());
                }
            }
        }
    }

    private void measure(Kind kind) throws IOException {
        Penstock penstock = fresh.penstock(kind, bench.servers(), 0);
        long pid = penstock.process().pid();
        try (Jvm jvm = Jvm.attach(pid)) {
            unread(kind, penstock.service(kind).address(), jvm, pid);
        } finally {
            bench.workspace().end(penstock.process());
        }
    }

    private void unread(Kind kind, Endpoint address, Jvm jvm, long pid) throws IOException {
        int gib = bench.options().number("huge-gib");
        long rows = ((long) gib << 30) / ROW_BYTES;
        ClientConnection client = ClientConnection.openSmall(address, Account.APP);
        try {
            // So that buffers which stay in pools are there before.
            for (int scan = 0; scan < WARM_SCANS; scan++) {
                client.query("select c from sbtest1");
            }
            jvm.liveHeap();
            long heap = jvm.liveHeap();
            long direct = jvm.directMemory();
            long resident = ProcessSample.of(pid).residentKib();
            client.send("select a.c, b.c from sbtest1 a cross join sbtest1 b limit " + rows);
            client.firstRow();
            Pause.millis(bench.options().quick() ? QUICK_UNREAD_MILLIS : UNREAD_MILLIS);
            long residentAfter = ProcessSample.of(pid).residentKib();
            bench.results()
                    .add(new HugeFigure(
                            kind.word(),
                            gib,
                            (jvm.liveHeap() - heap) / KIB,
                            (jvm.directMemory() - direct) / KIB,
                            residentAfter - resident));
        } finally {
            client.abort();
        }
    }
}
