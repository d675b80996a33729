package org.penstock.core.login;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.penstock.api.auth.AuthStep;
import org.penstock.api.auth.Client;
import org.penstock.api.auth.Credential;
import org.penstock.api.command.Payload;
import org.penstock.api.error.ProtocolException;
import org.penstock.api.error.SqlError;
import org.penstock.api.protocol.ClientLogin;
import org.penstock.api.protocol.LoginRequest;
import org.penstock.api.protocol.LoginStep;
import org.penstock.api.session.SessionContext;

/** A pending login between a scripted protocol and a scripted authenticator. */
abstract class PendingLoginFixture {
    static final Client CLIENT = new Client("10.0.0.1", null, false);

    final FakeRules rules = new FakeRules();
    final Port port = new Port();
    final Script protocol = new Script();
    final PendingLogin login = new PendingLogin(port, protocol, rules, CLIENT, new byte[] {1, 2});
    final Secret secret = new Secret();

    /** What the login did, in order. */
    static final class Port implements LoginPort {
        final List<String> said = new ArrayList<>();
        final Queue<Runnable> tasks = new ArrayDeque<>();
        final Queue<Runnable> inBackground = new ArrayDeque<>();

        @Nullable
        Identity identity;

        boolean mayMove;

        @Override
        public boolean mayMove() {
            return mayMove;
        }

        @Override
        public void send(byte[] payload) {
            said.add("send " + new String(payload, java.nio.charset.StandardCharsets.UTF_8));
        }

        @Override
        public void accepted(Identity accepted) {
            identity = accepted;
            said.add("accepted");
        }

        @Override
        public void refused(SqlError error) {
            said.add("refused " + error.code());
        }

        @Override
        public <T> void background(Callable<T> task, SessionContext.Outcome<T> outcome) {
            inBackground.add(() -> {
                T made = null;
                Exception thrown = null;
                try {
                    made = task.call();
                } catch (Exception e) {
                    thrown = e;
                }
                outcome.done(made, thrown);
            });
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }
    }

    /** The protocol's machine: each packet's first byte says which step it is. */
    static final class Script implements ClientLogin {
        @Nullable
        String plugin = "p";

        @Nullable
        String database;

        @Override
        public LoginStep begin() {
            return new LoginStep.Send(bytes("hello"));
        }

        @Override
        public LoginStep onPacket(Payload packet) {
            return switch (packet.at(0)) {
                case 'i' ->
                    new LoginStep.Identified(
                            new LoginRequest("anna", bytes("proof"), plugin, database, 45, 0, 0, new byte[0]));
                case 'd' -> new LoginStep.AuthData(packet.bytes());
                case 'r' -> new LoginStep.Reject(new SqlError(1043, "08S01", "Bad handshake"));
                case 't' -> LoginStep.START_TLS;
                case 'p' -> throw new ProtocolException(new SqlError(1047, "08S01", "known"));
                default -> throw new IndexOutOfBoundsException("truncated");
            };
        }

        @Override
        public byte[] switchTo(String name, byte[] data) {
            return bytes("switch " + name);
        }

        @Override
        public byte[] moreData(String plugin, byte[] data) {
            return bytes("more " + new String(data, java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    static final class Secret implements Credential {
        final byte[] bytes = {42};

        @Override
        public String kind() {
            return "sha1";
        }

        @Override
        public byte[] secret() {
            return bytes;
        }

        @Override
        public void destroy() {
            bytes[0] = 0;
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    void packet(String text) {
        login.packet(new ArrayText(bytes(text)));
    }

    AuthStep accept() {
        return new AuthStep.Accept(secret);
    }

    void begin() {
        login.begin();
        packet("i");
    }

    void runTasks() {
        for (Runnable task = port.tasks.poll(); task != null; task = port.tasks.poll()) {
            task.run();
        }
    }

    /** A payload of an array. */
    record ArrayText(byte[] bytes) implements Payload {
        @Override
        public int length() {
            return bytes.length;
        }

        @Override
        public byte at(int index) {
            return bytes[index];
        }

        @Override
        public void copy(int from, byte[] target, int offset, int count) {
            System.arraycopy(bytes, from, target, offset, count);
        }
    }
}
