/** Connection balancing: each session gets one server for all of its commands, chosen by role, weight and load. */
@NullMarked
package org.penstock.router.readconnroute;

import org.jspecify.annotations.NullMarked;
