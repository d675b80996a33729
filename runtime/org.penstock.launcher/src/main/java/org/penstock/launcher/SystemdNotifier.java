package org.penstock.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The readiness notification of systemd units with {@code Type=notify}.
 *
 * <p>The JDK has no unix datagram sockets, so the message is sent by the program {@code systemd-notify}, which is
 * there wherever systemd is; the unit needs {@code NotifyAccess=all}. Without {@code NOTIFY_SOCKET} nothing happens.
 *
 * @see <a href="https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html">sd_notify(3)</a>
 */
final class SystemdNotifier {
    private static final long TIMEOUT_SECONDS = 5;

    private final @Nullable String socket;
    private final PrintStream err;

    SystemdNotifier(@Nullable String socket, PrintStream err) {
        this.socket = socket;
        this.err = err;
    }

    void ready(String detail) {
        send(List.of(
                "systemd-notify",
                "READY=1",
                "STATUS=" + detail.lines().findFirst().orElse("")));
    }

    void stopping() {
        send(List.of("systemd-notify", "STOPPING=1"));
    }

    private void send(List<String> command) {
        if (socket == null || socket.isEmpty()) {
            return;
        }
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                err.println("penstock: systemd-notify did not end within " + TIMEOUT_SECONDS + " s");
            }
        } catch (IOException e) {
            err.println("penstock: NOTIFY_SOCKET is set, but systemd cannot be told: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
