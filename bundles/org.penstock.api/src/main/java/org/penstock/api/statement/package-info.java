/**
 * What a statement is: its operation, its type mask, what it does to the transaction and to the session, and where it may run; and the hints that go with it.
 *
 * <h2>Purpose</h2>
 * A {@link org.penstock.api.statement.Statement} is what {@link org.penstock.api.command.Command#statement()} gives. The core classifies a command when the first
 * module asks, and once. A command without text of its own (COM_STMT_EXECUTE, COM_INIT_DB) has the class of what it refers to, or of what it does.
 *
 * <h2>Certainty</h2>
 * The text is judged on the safe side: what is not known is a write. The server has the last word; what its status flags say of the transaction replaces what
 * the text said.
 *
 * <h2>Threading and ownership</h2>
 * Enumerations, masks and hints are values. A {@code Statement} is a view that belongs to the session's event loop and is valid until the call returns.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.penstock.api.statement;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
