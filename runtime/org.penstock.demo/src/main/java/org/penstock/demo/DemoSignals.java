package org.penstock.demo;

import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/** Signals of the operating system; by reflection, since javac's warning of {@code sun.misc.Signal} cannot be suppressed. */
final class DemoSignals {

    private DemoSignals() {}

    /** Gives the number of each SIGHUP, SIGINT and SIGTERM to {@code handler}, on a thread of the JVM. */
    static void handle(IntConsumer handler) {
        handle("HUP", 1, handler);
        handle("INT", 2, handler);
        handle("TERM", 15, handler);
    }

    private static void handle(String name, int number, IntConsumer handler) {
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
