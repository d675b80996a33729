package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class HostAddressesTest {
    private final List<Runnable> tasks = new ArrayList<>();
    private final List<String> lookedUp = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private InetAddress[] current = {InetAddress.getLoopbackAddress()};
    private long now;
    private final HostAddresses addresses = new HostAddresses(tasks::add, this::lookUp, () -> now);

    private InetAddress[] lookUp(String name) throws UnknownHostException {
        lookedUp.add(name);
        if (name.startsWith("unknown")) {
            throw new UnknownHostException(name);
        }
        return current;
    }

    private void find(String name) {
        addresses.find(name, new HostAddresses.Found() {
            @Override
            public void addresses(List<InetAddress> found, boolean remembered) {
                answers.add(found + (remembered ? " remembered" : ""));
            }

            @Override
            public void unknown(String reason) {
                answers.add("unknown " + reason);
            }
        });
    }

    private void runTasks() {
        List<Runnable> due = List.copyOf(tasks);
        tasks.clear();
        due.forEach(Runnable::run);
    }

    @Test
    void shouldTakeNumbersAsTheyAre() {
        find("192.0.2.1");
        find("2001:db8::1");
        assertThat(answers).containsExactly("[/192.0.2.1]", "[/2001:db8:0:0:0:0:0:1]");
        assertThat(lookedUp).isEmpty();
    }

    @Test
    void shouldLookUpOnceForAllWhoAskMeanwhileAndOffTheLoop() {
        find("db");
        find("db");
        assertThat(answers).isEmpty();
        runTasks();
        assertThat(answers).hasSize(2).allMatch(answer -> !answer.contains("remembered"));
        assertThat(lookedUp).containsExactly("db");
    }

    @Test
    void shouldRememberUntilItIsOld() throws Exception {
        find("db");
        runTasks();
        now = HostAddresses.MAX_AGE_NANOS - 1;
        find("db");
        assertThat(answers).last().asString().endsWith("remembered");
        current = new InetAddress[] {InetAddress.getByName("192.0.2.9")};
        now = HostAddresses.MAX_AGE_NANOS;
        find("db");
        runTasks();
        assertThat(answers).last().isEqualTo("[/192.0.2.9]");
        assertThat(lookedUp).hasSize(2);
    }

    @Test
    void shouldLookUpAnewWhatWasOfNoUse() {
        find("db");
        runTasks();
        addresses.forget("db", List.of(current));
        find("db");
        runTasks();
        assertThat(lookedUp).hasSize(2);
        addresses.forget("db", List.of());
        find("db");
        assertThat(answers).last().asString().endsWith("remembered");
    }

    @Test
    void shouldSayWhatIsUnknownAndAskAgain() {
        find("unknown.example");
        runTasks();
        find("unknown.example");
        runTasks();
        assertThat(answers).containsExactly("unknown unknown.example", "unknown unknown.example");
        assertThat(lookedUp).hasSize(2);
    }

    @Test
    void shouldSayWhenNobodyLooksUp() {
        HostAddresses busy = new HostAddresses(
                task -> {
                    throw new RejectedExecutionException();
                },
                this::lookUp,
                () -> now);
        busy.find("db", new HostAddresses.Found() {
            @Override
            public void addresses(List<InetAddress> found, boolean remembered) {
                answers.add("found");
            }

            @Override
            public void unknown(String reason) {
                answers.add(reason);
            }
        });
        assertThat(answers).singleElement().asString().contains("too many names");
    }

    @Test
    void shouldForgetAllWhenThereAreTooMany() {
        for (int i = 0; i <= HostAddresses.MAX_NAMES; i++) {
            find("db" + i);
            runTasks();
        }
        find("db0");
        assertThat(tasks).hasSize(1);
        find("db" + HostAddresses.MAX_NAMES);
        assertThat(answers).last().asString().endsWith("remembered");
    }
}
