package org.penstock.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * The activator of a test bundle that stands in for the core; the system property {@code probe} says how it behaves.
 *
 * <p>It leaves a file in the data directory for everything that happens to it.
 */
public final class ProbeActivator implements BundleActivator {
    private static final int PORT_IN_USE = 69;

    @Override
    public void start(BundleContext context) {
        Path data = Path.of(context.getProperty("penstock.data"));
        touch(data.resolve("started"));
        for (String signal : new String[] {"HUP", "USR1", "TERM"}) {
            Hashtable<String, Object> properties = new Hashtable<>();
            properties.put("penstock.signal", signal);
            context.registerService(Runnable.class, () -> signalled(data, signal), properties);
        }
        switch (System.getProperty("probe", "ready")) {
            case "failed" -> failed(context);
            case "throws" -> throw new IllegalStateException("the probe was told to throw");
            case "silent" -> touch(data.resolve("silent"));
            default -> ready(context);
        }
    }

    private static void ready(BundleContext context) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("penstock.ready", true);
        properties.put(
                "penstock.ready.detail",
                "probe " + context.getProperty("penstock.version") + " " + context.getProperty("penstock.mode"));
        context.registerService(Object.class, new Object(), properties);
    }

    private static void failed(BundleContext context) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("penstock.failed", "listener L: port 4006 is in use");
        properties.put("penstock.exit", PORT_IN_USE);
        context.registerService(Object.class, new Object(), properties);
    }

    private static void signalled(Path data, String signal) {
        touch(data.resolve("signal-" + signal));
        if (signal.equals("TERM") && Boolean.getBoolean("probe.hang")) {
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void touch(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop(BundleContext context) {
        touch(Path.of(context.getProperty("penstock.data")).resolve("stopped"));
    }
}
