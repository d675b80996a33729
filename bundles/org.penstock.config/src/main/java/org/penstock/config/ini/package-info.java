/** MaxScale's file syntax: from text to sections with their places, and back. */
@NullMarked
package org.penstock.config.ini;

import org.jspecify.annotations.NullMarked;
