package org.penstock.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.penstock.servers.ServerException;
import org.penstock.servers.ServersUnavailableException;

/** The main class behind {@code bin/penstock demo} and {@code runtime/demo}. */
public final class DemoMain {

    private DemoMain() {}

    /** Takes the options of {@code --help}; the start script says the rest by system properties, see {@link DemoSettings}. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    private static int run(String[] args) {
        try {
            DemoArguments arguments = DemoArguments.parse(args);
            if (arguments.help()) {
                System.out.print(DemoArguments.USAGE);
                return 0;
            }
            return new Demo(arguments, DemoSettings.of(System.getProperties()), System.out).run();
        } catch (IllegalArgumentException e) {
            return failed(DemoException.USAGE, e.getMessage() + " (see --help)");
        } catch (DemoException e) {
            return failed(e.status(), e.text());
        } catch (ServersUnavailableException e) {
            return failed(DemoException.UNAVAILABLE, String.valueOf(e.getMessage()));
        } catch (ServerException e) {
            return failed(DemoException.FAILED, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return failed(DemoException.CONFIG, e.toString());
        } catch (UncheckedIOException e) {
            return failed(DemoException.FAILED, e.getMessage() + ": " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(DemoException.FAILED, "interrupted");
        }
    }

    private static int failed(int status, String message) {
        System.err.println("demo: " + message);
        return status;
    }
}
