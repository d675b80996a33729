package org.penstock.filter.qlafilter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransactionWordTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "begin ~ BEGIN",
                "START  TRANSACTION READ ONLY ~ BEGIN",
                "BEGIN NOT ATOMIC SELECT 1; END ~ NONE",
                "ROLLBACK TO s ~ NONE",
                "ROLLBACK WORK TO SAVEPOINT s ~ NONE",
                "COMMITMENT ~ NONE",
                "START SLAVE ~ NONE",
                "SELECT 1 ~ NONE",
                "/* open ~ NONE"
            })
    void shouldTellTransactionStatementsByTheirFirstWords(String sql, TransactionWord expected) {
        assertThat(TransactionWord.of(sql)).isEqualTo(expected);
    }

    @Test
    void shouldSkipLineComments() {
        assertThat(TransactionWord.of("-- x\n commit")).isEqualTo(TransactionWord.COMMIT);
        assertThat(TransactionWord.of("# x\nROLLBACK")).isEqualTo(TransactionWord.ROLLBACK);
    }
}
