/** What a session has at its servers beyond their connections: plain values without I/O, changed by the session machine only. */
@NullMarked
package org.penstock.core.session.state;

import org.jspecify.annotations.NullMarked;
