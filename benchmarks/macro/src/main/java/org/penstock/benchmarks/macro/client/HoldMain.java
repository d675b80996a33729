package org.penstock.benchmarks.macro.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens sessions that have run one query each, and holds them until its standard input ends: {@code HOST:PORT COUNT}. Prints {@code OPEN
 * COUNT} when all are there.
 */
public final class HoldMain {
    private HoldMain() {}

    public static void main(String[] args) throws IOException {
        Endpoint address = Endpoint.parse(args[0]);
        int count = Integer.parseInt(args[1]);
        List<ClientConnection> sessions = new ArrayList<>();
        try {
            while (sessions.size() < count) {
                ClientConnection session = ClientConnection.openSmall(address, Account.APP);
                sessions.add(session);
                session.query("select 1");
            }
        } catch (IOException e) {
            System.err.println("session " + (sessions.size() + 1) + " of " + count + ": " + e.getMessage());
            System.exit(1);
        }
        System.out.println("OPEN " + count);
        while (System.in.read() >= 0) {
            // Until the end of standard input.
        }
        for (ClientConnection session : sessions) {
            session.close();
        }
    }
}
