/**
 * Commands, replies and verdicts: the values that pass between the core, filters and routers.
 *
 * <h2>Purpose</h2>
 * A {@link org.penstock.api.command.Command} is one complete request of a client. What a module wants to see of it is declared by a
 * {@link org.penstock.api.command.CommandInterest}; what it decides is a {@link org.penstock.api.command.Verdict}. What it wants to see of the
 * reply is declared per command, in the verdict, by a {@link org.penstock.api.command.ReplyInterest}; what it decides there is a
 * {@link org.penstock.api.command.PartVerdict}.
 *
 * <h2>Threading</h2>
 * Everything here is used on the event loop of one session. Values are immutable, except the views
 * ({@link org.penstock.api.command.Command}, {@link org.penstock.api.command.Payload}, {@link org.penstock.api.command.ReplyPart}), which the core reuses.
 *
 * <h2>Ownership</h2>
 * A view is borrowed: it is valid until the call returns. What must be kept is copied with {@link org.penstock.api.command.Payload#bytes()}.
 * A {@code byte[]} in a verdict or an answer passes to the core.
 *
 * <h2>Failure</h2>
 * An exception thrown by a module while it holds a view ends that session with an error that names the module.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.penstock.api.command;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
