/**
 * Formats of configuration values: what a user may write for a duration, a size, a truth value or a list.
 *
 * <h2>Purpose</h2>
 * Every value of a section is checked before a module sees it, as far as its metatype says what it is. What the metatype cannot say, a module checks in its constructor with
 * these methods, so that all modules accept the same spellings and complain in the same words.
 *
 * <h2>Failure</h2>
 * {@link org.penstock.api.value.ConfigurationException} names section, key, value and what was expected.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.penstock.api.value;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
