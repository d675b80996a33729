package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.api.server.QueryResult;

class KillRightTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    true  | GRANT ALL PRIVILEGES ON *.* TO `u`@`%`
                    true  | GRANT SELECT, SUPER ON *.* TO `u`@`%` WITH GRANT OPTION
                    true  | GRANT CONNECTION_ADMIN ON *.* TO `u`@`%`
                    true  | GRANT CONNECTION ADMIN, RELOAD ON *.* TO `u`@`%`
                    false | GRANT USAGE ON *.* TO `u`@`%`
                    false | GRANT SUPER ON `d`.* TO `u`@`%`
                    false | GRANT ALL PRIVILEGES ON `own`.* TO `u`@`%`
                    false | GRANT SELECT (`a, SUPER ON *.* TO b`) ON `own`.`t` TO `u`@`%`
                    false | GRANT SELECT (`a`, `b`), INSERT (`SUPER`) ON `own`.`t` TO `u`@`%`
                    false | GRANT `ALL PRIVILEGES` TO `u`@`%`
                    """)
    void shouldTakePrivilegesForEverythingOnly(boolean granted, String line) {
        assertThat(KillRight.granted(new QueryResult(List.of("Grants"), List.of(List.of(line)))))
                .isEqualTo(granted);
    }
}
