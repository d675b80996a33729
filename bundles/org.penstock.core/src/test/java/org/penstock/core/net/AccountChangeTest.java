package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Statements that pass through and change who may log in. */
class AccountChangeTest extends ProxyFixture {
    @Test
    void shouldTellThatAccountsMayHaveChangedWhenSuchAStatementSucceeds() throws Exception {
        try (RawClient client = RawClient.connected(port, RawClient.MODERN)) {
            long before = front.accountChanges.get();
            client.run("SELECT 'SET PASSWORD'");
            client.run("CREATE USER refused");
            assertThat(front.accountChanges.get()).isEqualTo(before);
            client.run("SET PASSWORD = PASSWORD('app')");
            assertThat(front.accountChanges.get()).isEqualTo(before + 1);
        }
    }
}
