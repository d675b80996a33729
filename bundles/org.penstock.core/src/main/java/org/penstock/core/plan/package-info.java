/** The plan rooms: which generation of each module serves. The only place, beside pending logins, that holds references to module objects. */
@NullMarked
package org.penstock.core.plan;

import org.jspecify.annotations.NullMarked;
