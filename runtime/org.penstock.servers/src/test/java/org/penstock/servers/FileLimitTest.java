package org.penstock.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FileLimitTest {

    @Test
    void shouldReadTheHardLimit() {
        assertThat(FileLimit.hard(List.of(
                        "Limit                     Soft Limit           Hard Limit           Units",
                        "Max open files            1024                 4096                 files")))
                .isEqualTo(4096);
        assertThat(FileLimit.hard(List.of("Max open files            unlimited            unlimited            files")))
                .isEqualTo(Long.MAX_VALUE);
    }
}
