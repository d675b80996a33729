/** Whether a configuration is right: everything that is wrong with it, found in one pass, or the objects that it asks for. */
@NullMarked
package org.penstock.config.check;

import org.jspecify.annotations.NullMarked;
