package org.penstock.testkit;

import org.penstock.api.command.ReplyPart;

/**
 * One part of a reply with its totals.
 *
 * @param kind what it is
 * @param command number of the command
 * @param payload the packet, empty for a part that is none
 * @param rows so far
 * @param bytes so far, with headers
 * @param status server status flags
 * @param warnings as last reported
 * @param error number, or 0
 */
public record FakeReplyPart(
        Kind kind, long command, FakePayload payload, long rows, long bytes, int status, int warnings, int error)
        implements ReplyPart {}
