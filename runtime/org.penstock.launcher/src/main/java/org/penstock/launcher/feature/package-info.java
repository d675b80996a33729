/** Feature JSON files: what is installed from {@code system/}, and when it starts. */
@NullMarked
package org.penstock.launcher.feature;

import org.jspecify.annotations.NullMarked;
