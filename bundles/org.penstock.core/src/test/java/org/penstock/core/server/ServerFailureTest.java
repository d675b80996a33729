package org.penstock.core.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.penstock.api.error.BackendException;
import org.penstock.api.error.SqlError;

class ServerFailureTest {
    private final Server server = new Servers().add(ServerSettings.of("db1", "127.0.0.1", 3306));

    @Test
    void shouldKeepWhatServerAnswered() {
        BackendException denied = new BackendException("db1", new SqlError(1045, "28000", "no"));
        assertThat(ServerFailure.of(server, new CompletionException(denied))).isSameAs(denied);
    }

    @Test
    void shouldNotTakeErrorsOfClientSideForServersOwn() {
        BackendException lost = new BackendException("db1", new SqlError(2003, "08S01", "Can't connect"));
        BackendException failure = ServerFailure.of(server, lost);
        assertThat(failure.error()).isNull();
        assertThat(failure).hasMessageContaining("db1").hasMessageContaining("Can't connect");
    }

    @Test
    void shouldNameServerForAnyFailure() {
        assertThat(ServerFailure.of(server, new TimeoutException())).hasMessage("server 'db1': no answer in time");
        assertThat(ServerFailure.of(server, new IllegalStateException()))
                .hasMessage("server 'db1': IllegalStateException");
    }
}
