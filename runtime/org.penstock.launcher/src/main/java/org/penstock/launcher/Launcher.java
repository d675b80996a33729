package org.penstock.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.penstock.launcher.feature.FeatureBundle;
import org.penstock.launcher.feature.FeatureException;
import org.penstock.launcher.feature.FeatureReader;

/**
 * One life of the process, on the main thread: lock, boot, wait for an ending, stop.
 *
 * <p>The ending comes from whoever is first: a signal, a bundle that reports failure, the start itself, or the framework
 * being stopped from within.
 */
final class Launcher {
    private final LaunchSettings settings;
    private final PrintStream out;
    private final PrintStream err;
    private final SystemdNotifier systemd;
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private final AtomicReference<@Nullable ServiceSignals> signals = new AtomicReference<>();

    Launcher(LaunchSettings settings, PrintStream out, PrintStream err) {
        this.settings = settings;
        this.out = out;
        this.err = err;
        this.systemd = new SystemdNotifier(System.getenv("NOTIFY_SOCKET"), err);
    }

    /** Returns when everything has ended, with the reason. */
    Ending run() throws LaunchException, IOException, BundleException, FeatureException, InterruptedException {
        if (!Files.isReadable(settings.conf())) {
            throw new LaunchException(
                    ExitCode.CONFIG, "cannot read the configuration file " + settings.conf() + "; name one with -f");
        }
        DataDirectory directory = new DataDirectory(settings);
        directory.create();
        PidFile pid = PidFile.lock(settings.run().resolve("penstock.pid"), settings.data());
        try {
            ProcessSignals.onStop(() -> ending.complete(Ending.AS_ASKED));
            ProcessSignals.onOther(signal -> forward(signal, directory));
            List<FeatureBundle> features = new FeatureReader().read(settings.features(), System.getProperty("os.arch"));
            Boot boot = Boot.prepare(settings, directory.emptyConfigStore(), directory.consoleSocket());
            return live(boot, features);
        } finally {
            directory.removeShortSocket();
            pid.close();
        }
    }

    private Ending live(Boot boot, List<FeatureBundle> features) throws BundleException, InterruptedException {
        try {
            boot.install(features, settings.system());
            boot.resolve();
            new ReadyWatch(ending, this::ready).open(boot.framework().getBundleContext());
            signals.set(new ServiceSignals(boot.framework().getBundleContext(), err));
            boot.start(this::failedBy);
            watchFramework(boot.framework());
            return ending.join().message().isEmpty() ? stop(boot.framework()) : failed(boot.framework());
        } catch (LaunchException e) {
            failedBy(e);
            return failed(boot.framework());
        }
    }

    private void failedBy(LaunchException failure) {
        ending.complete(new Ending(failure.status(), String.valueOf(failure.getMessage())));
    }

    private void ready(String detail) {
        out.println(detail.isEmpty() ? "READY" : "READY " + detail);
        out.flush();
        systemd.ready(detail);
    }

    private void forward(String signal, DataDirectory directory) {
        try {
            if (signal.equals("USR1")) {
                directory.reopenLog();
            }
        } catch (IOException e) {
            err.println("penstock: the log cannot be opened again: " + e);
        }
        ServiceSignals target = signals.get();
        if (target == null) {
            err.println("penstock: SIG" + signal + " ignored while starting");
        } else {
            target.send(signal);
        }
    }

    /** A framework that is stopped from the shell ends the process too. */
    private void watchFramework(Framework framework) {
        Thread watch = new Thread(
                () -> {
                    try {
                        framework.waitForStop(0);
                        ending.complete(Ending.AS_ASKED);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "penstock-framework-watch");
        watch.setDaemon(true);
        watch.start();
    }

    /** Drain first, then stop the bundles; each with the same bound. */
    private Ending stop(Framework framework) throws BundleException, InterruptedException {
        systemd.stopping();
        ServiceSignals drain = signals.get();
        if (drain != null && !drain.sendAndWait("TERM", settings.stopTimeout())) {
            err.println("penstock: the drain did not end within "
                    + settings.stopTimeout().toSeconds() + " s, stopping what is left");
        }
        framework.stop();
        FrameworkEvent event = framework.waitForStop(settings.stopTimeout().toMillis());
        if (event.getType() == FrameworkEvent.WAIT_TIMEDOUT) {
            return new Ending(
                    ExitCode.TIMEOUT.status(),
                    "not stopped within " + settings.stopTimeout().toSeconds() + " s, ended by force");
        }
        return ending.join();
    }

    private Ending failed(Framework framework) throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(settings.stopTimeout().toMillis());
        return ending.join();
    }
}
