package org.penstock.core.global;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobalTest {
    private static GlobalSettings settings(Map<String, Object> section) {
        return GlobalSettings.of(Section.of(GlobalConfig.class, section));
    }

    @Test
    void shouldHaveDefaultsWhenSectionIsAbsent() {
        GlobalSettings settings = settings(Map.of());
        assertThat(settings.threads()).isBetween(1, GlobalSettings.MAX_THREADS);
        assertThat(settings.highWater()).isEqualTo(65536);
        assertThat(settings.lowWater()).isEqualTo(1024);
        assertThat(settings.collectLimit()).isEqualTo(256L << 20);
        assertThat(settings.resolveNames()).isTrue();
        assertThat(settings.accounts().connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.accounts().refreshTime()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void shouldRaiseRefreshTimeToItsLeast() {
        assertThat(settings(Map.of("users_refresh_time", "1")).accounts().refreshTime())
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(settings(Map.of("users_refresh_time", "-1")).accounts().refreshTime())
                .isNegative();
    }

    @ParameterizedTest
    @CsvSource({
        "threads, many",
        "threads, 0",
        "threads, 257",
        "writeq_low_water, 1M",
        "module_collect_limit, lots",
        "auth_connect_timeout, later"
    })
    void shouldNameKeyWhenValueIsBad(String key, String value) {
        assertThatThrownBy(() -> settings(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + ": ");
    }

    @Test
    void shouldTellOfChanges() {
        Global global = new Global("/srv/penstock", Section.of(GlobalConfig.class, Map.of()), Map.of());
        List<Integer> threads = new ArrayList<>();
        global.listen(() -> threads.add(global.settings().threads()));
        Map<String, Object> section = Map.of("threads", "3", "logdir", "/var/log/p");
        global.modified(Section.of(GlobalConfig.class, section), section);
        assertThat(threads).containsExactly(3);
        assertThat(global.parameter("threads")).isEqualTo("3");
        assertThat(global.log()).isEqualTo(Path.of("/var/log/p"));
        assertThat(global.cache()).isEqualTo(Path.of("/srv/penstock/cache"));
    }
}
