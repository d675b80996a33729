package org.penstock.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.security.Security;
import org.osgi.framework.BundleException;
import org.penstock.launcher.feature.FeatureException;

/** The main class behind {@code bin/penstock run} and {@code start}. */
public final class Main {
    private Main() {}

    /** Takes no arguments: the start script says everything by system properties, see {@link LaunchSettings}. */
    public static void main(String[] args) {
        // The shell swaps the streams of System per session; these stay the process's own.
        PrintStream out = System.out;
        PrintStream err = System.err;
        // Names of servers and clients are remembered where they are used, with an age of its own; the JDK would add
        // its.
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
        Ending ending = run(out, err);
        if (!ending.message().isEmpty()) {
            err.println("penstock: " + ending.message());
        }
        out.flush();
        err.flush();
        // Not exit(): after the framework has stopped nothing of ours is left to run, and a hook could still hang.
        Runtime.getRuntime().halt(ending.status());
    }

    private static Ending run(PrintStream out, PrintStream err) {
        try {
            return new Launcher(LaunchSettings.of(System.getProperties()), out, err).run();
        } catch (LaunchException e) {
            return new Ending(e.status(), String.valueOf(e.getMessage()));
        } catch (FeatureException e) {
            return new Ending(ExitCode.BUNDLE.status(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Ending(ExitCode.CANNOT_CREATE.status(), e.toString());
        } catch (BundleException e) {
            return new Ending(ExitCode.BUNDLE.status(), String.valueOf(e));
        } catch (RuntimeException | LinkageError e) {
            e.printStackTrace(err);
            return new Ending(ExitCode.BUNDLE.status(), "the launcher failed: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Ending(ExitCode.TIMEOUT.status(), "interrupted");
        }
    }
}
