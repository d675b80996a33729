/** Puts the rooms together: the components of the reactor, the plans and the services' front ends, readiness, and the management model. */
@NullMarked
package org.penstock.core.engine;

import org.jspecify.annotations.NullMarked;
