package org.penstock.core.server;

/**
 * How hard Penstock may knock at one server.
 *
 * @param inFlight logins that may be under way at a time
 * @param perSecond connections that may be begun in a second; 0 for no limit
 */
public record ConnectLimits(int inFlight, int perSecond) {
    public static final ConnectLimits DEFAULT = new ConnectLimits(128, 0);

    public ConnectLimits {
        if (inFlight < 1) {
            throw new IllegalArgumentException("max_connects_in_flight: expected 1 or more, got " + inFlight);
        }
        if (perSecond < 0) {
            throw new IllegalArgumentException("max_connects_per_second: expected 0 or more, got " + perSecond);
        }
    }
}
