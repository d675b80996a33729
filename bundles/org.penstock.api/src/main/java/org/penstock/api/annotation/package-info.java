/** Annotations that state on which thread a method runs and who owns a buffer; documentation, kept in class files. */
@Export
@Version("0.1.0")
@NullMarked
package org.penstock.api.annotation;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
