/** Tests of the configuration. */
@NullMarked
package org.penstock.config;

import org.jspecify.annotations.NullMarked;
