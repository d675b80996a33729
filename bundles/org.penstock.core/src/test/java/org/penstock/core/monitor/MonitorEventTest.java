package org.penstock.core.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.api.server.ServerStatus;

class MonitorEventTest {
    private static int mask(String words) {
        int mask = 0;
        for (String word : words.split(" ")) {
            if (!word.equals("down")) {
                mask |= ServerStatus.valueOf(word.toUpperCase(Locale.ROOT)).bit();
            }
        }
        return mask;
    }

    @ParameterizedTest
    @CsvSource({
        "down, running, server_up",
        "down, running master, master_up",
        "down, running slave, slave_up",
        "down, running synced, synced_up",
        "down, running synced master, master_up",
        "down, running ndb, ndb_up",
        "running, down, server_down",
        "running master, down, master_down",
        "running slave, down, slave_down",
        "running synced, down, synced_down",
        "running ndb, down, ndb_down",
        "running master, running, lost_master",
        "running slave, running, lost_slave",
        "running synced, running, lost_synced",
        "running ndb, running, lost_ndb",
        "running master synced, running master, lost_master",
        "running, running master, new_master",
        "running, running slave, new_slave",
        "running, running synced, new_synced",
        "running, running ndb, new_ndb",
        "running slave, running master, new_master",
        "running master, running slave, new_slave",
        "running synced, running synced master, new_master",
        "running, running, ",
        "down, down, ",
        "running master, running master stale, ",
        "running, running auth_error, ",
        "running master, maintenance running, ",
        "maintenance running, running master, ",
        "maintenance, running, "
    })
    void shouldDeriveEventFromBothStatuses(String before, String after, @Nullable String expected) {
        MonitorEvent event = MonitorEvent.of(mask(before), mask(after));
        assertThat(event == null ? null : event.word()).isEqualTo(expected);
    }
}
