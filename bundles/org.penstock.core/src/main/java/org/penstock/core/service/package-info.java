/** Services: settings, admission and counters, and the registry of all of them. Their plans are in {@code core.plan}. */
@NullMarked
package org.penstock.core.service;

import org.jspecify.annotations.NullMarked;
