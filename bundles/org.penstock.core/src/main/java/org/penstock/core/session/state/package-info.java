/**
 * What a session has at its servers beyond their connections, and what the core knows of it: what its statements are, its transaction, what keeps it on one
 * server, temporary tables, prepared statements, history. Plain values without I/O, changed by the session machine only.
 */
@NullMarked
package org.penstock.core.session.state;

import org.jspecify.annotations.NullMarked;
