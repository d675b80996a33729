package org.penstock.router.readconnroute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.penstock.api.server.ServerStatus.MAINTENANCE;
import static org.penstock.api.server.ServerStatus.MASTER;
import static org.penstock.api.server.ServerStatus.RUNNING;
import static org.penstock.api.server.ServerStatus.SLAVE;
import static org.penstock.testkit.FakeServer.running;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.router.OnLoss;
import org.penstock.api.router.Route;
import org.penstock.api.router.RouterSession;
import org.penstock.api.session.ModuleState;
import org.penstock.testkit.FakeRouterContext;
import org.penstock.testkit.FakeServer;
import org.penstock.testkit.FakeSession;

class ReadConnRouteTest {
    private final FakeServer master = running("m", MASTER);
    private final FakeServer slave = running("s", SLAVE);
    private final FakeServer other = running("s2", SLAVE);
    private final FakeRouterContext context =
            new FakeRouterContext(new FakeSession().service("read"), master, slave, other);

    @Test
    void shouldSendEverythingToTheChosenServer() {
        RouterSession session = router("slave").open(context);
        assertThat(session.connectFirst()).containsExactly("s");
        assertThat(session.route(null, null)).isEqualTo(Route.to("s")).isSameAs(session.route(null, null));
    }

    @Test
    void shouldRefuseSessionWhenNoServerFits() {
        master.set();
        assertThatThrownBy(() -> router("master").open(context)).isInstanceOfSatisfying(ProtocolException.class, e -> {
            assertThat(e.error().code()).isEqualTo(2003);
            assertThat(e.error().message()).contains("'read'", "router_options=master");
        });
    }

    @Test
    void shouldCloseSessionWhenItsServerIsLost() {
        RouterSession session = router("slave").open(context);
        assertThat(session.onConnectionLost(slave, false)).isEqualTo(OnLoss.CLOSE);
    }

    @Test
    void shouldCloseMasterSessionWhenServerLosesTheRole() {
        RouterSession session = router("master").open(context);
        session.onServersChanged();
        assertThat(context.closed()).isNull();
        master.set(SLAVE, RUNNING);
        slave.set(MASTER, RUNNING);
        session.onServersChanged();
        assertThat(context.closed().message()).contains("'read'", "'m'", "no longer the master");
    }

    @Test
    void shouldKeepMasterSessionWhenServerGoesIntoMaintenance() {
        RouterSession session = router("master").open(context);
        master.add(MAINTENANCE);
        session.onServersChanged();
        assertThat(context.closed()).isNull();
    }

    @Test
    void shouldKeepOtherSessionsWhenRolesChange() {
        RouterSession session = router("slave").open(context);
        slave.set(MASTER, RUNNING);
        session.onServersChanged();
        assertThat(context.closed()).isNull();
    }

    @Test
    void shouldKeepConnectedServerWhenGenerationChanges() {
        RouterSession before = router("slave").open(context);
        context.linked("s");
        slave.connections(1000);
        RouterSession after = router("master").open(context);
        after.importState(before.exportState());
        assertThat(after.connectFirst()).containsExactly("s");
        after.onServersChanged();
        assertThat(context.closed()).isNull();
    }

    @Test
    void shouldChooseByStateWhenSeveralServersAreConnected() {
        context.linked("s", "s2");
        RouterSession session = router("slave").open(context);
        session.importState(new ModuleState(1, Map.of("server", "s2")));
        assertThat(session.connectFirst()).containsExactly("s2");
    }

    @Test
    void shouldKeepOwnChoiceWhenStateNamesALostServer() {
        RouterSession session = router("slave").open(context);
        session.importState(new ModuleState(1, Map.of("server", "gone")));
        assertThat(session.connectFirst()).containsExactly("s");
    }

    private static ReadConnRoute router(String options) {
        return new ReadConnRoute(ServerPickerTest.settings(options, true, 0));
    }
}
