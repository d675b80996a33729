/**
 * From a checked configuration to ConfigAdmin and the modules that it brings to life: differences, revisions, refusals, changes at run time.
 *
 * <h2>Threading</h2>
 * Everything but the component itself runs on the one thread of the component. It may wait for modules, never on SCR's thread.
 */
@NullMarked
package org.penstock.config.bridge;

import org.jspecify.annotations.NullMarked;
