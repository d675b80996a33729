package org.penstock.launcher;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The signals of the operating system that the process understands; each handler runs on a thread of the JVM.
 *
 * <p>{@code sun.misc.Signal} (module jdk.unsupported) is the only way to them. It is called by reflection because javac
 * warns of it in a way that cannot be suppressed.
 */
final class ProcessSignals {
    private static final int SIGNALLED = 128;

    private ProcessSignals() {}

    /** SIGTERM and SIGINT: the first runs {@code stop}, which must return soon, the second ends the process at once. */
    static void onStop(Runnable stop) {
        AtomicBoolean asked = new AtomicBoolean();
        handle("TERM", 15, number -> stopOrHalt(asked, stop, number));
        handle("INT", 2, number -> stopOrHalt(asked, stop, number));
    }

    /** SIGHUP and SIGUSR1: {@code forward} gets the name without SIG. */
    static void onOther(Consumer<String> forward) {
        handle("HUP", 1, number -> forward.accept("HUP"));
        handle("USR1", 10, number -> forward.accept("USR1"));
    }

    private static void stopOrHalt(AtomicBoolean asked, Runnable stop, int number) {
        if (asked.getAndSet(true)) {
            Runtime.getRuntime().halt(SIGNALLED + number);
        }
        stop.run();
    }

    private static void handle(String name, int number, Consumer<Integer> handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    handlerType.getClassLoader(), new Class<?>[] {handlerType}, (self, method, arguments) -> {
                        handler.accept(number);
                        return null;
                    });
            signal.getMethod("handle", signal, handlerType)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("SIG" + name + " cannot be handled on this JVM", e);
        }
    }
}
