package org.penstock.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.penstock.wire.PacketWriter;
import org.penstock.wire.ServerStatus;

/** What the status flags of replies leave behind in the session. */
class SessionFlagsTest {
    private final Rig rig = new Rig().openTo("a");

    @AfterEach
    void shouldLeaveNoBytesBehind() {
        rig.machine.clientClosed();
        assertThat(rig.ledger.open()).isZero();
    }

    private static byte[] ok(int sequence, int flags) {
        return PacketWriter.frame(sequence, new byte[] {0, 0, 0, (byte) flags, (byte) (flags >>> 8), 0, 0});
    }

    @Test
    void shouldKeepWhatIsOfTheSessionOnly() {
        rig.send(Wire.query("select 1; select nope")).run();
        rig.reply("a", ok(1, ServerStatus.AUTOCOMMIT | ServerStatus.IN_TRANS | ServerStatus.MORE_RESULTS));
        rig.reply("a", Wire.error(2, 1054));

        assertThat(rig.machine.state().serverStatus()).isEqualTo(ServerStatus.AUTOCOMMIT | ServerStatus.IN_TRANS);
    }

    @Test
    void shouldBelieveAServerThatReportsNoFlagAtAll() {
        rig.send(Wire.query("set autocommit=0")).run();
        rig.reply("a", ok(1, 0));

        assertThat(rig.machine.state().serverStatus()).isZero();
    }

    @Test
    void shouldKeepTheFlagsWhenAReplyHasNone() {
        rig.send(Wire.query("begin")).run();
        rig.reply("a", ok(1, ServerStatus.AUTOCOMMIT | ServerStatus.IN_TRANS));
        rig.send(Wire.query("nope")).run();
        rig.reply("a", Wire.error(1, 1064));

        assertThat(rig.machine.state().inTransaction()).isTrue();
    }
}
