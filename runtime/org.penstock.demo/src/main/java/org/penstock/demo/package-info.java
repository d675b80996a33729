/**
 * The demo: a primary with replicas, Penstock in front of them as a process of its own, and the operators' shell.
 *
 * <p>{@link org.penstock.demo.DemoMain} is what {@code bin/penstock demo} runs.
 */
@NullMarked
package org.penstock.demo;

import org.jspecify.annotations.NullMarked;
