package org.penstock.filter.common;

import org.penstock.api.session.SessionView;

/**
 * Which sessions a filter works in.
 *
 * @param user exact account name, empty for any
 * @param source exact client address, empty for any
 */
public record SessionGate(String user, String source) {
    public boolean admits(SessionView session) {
        return (user.isEmpty() || user.equals(session.user()))
                && (source.isEmpty() || source.equals(session.clientAddress()));
    }
}
