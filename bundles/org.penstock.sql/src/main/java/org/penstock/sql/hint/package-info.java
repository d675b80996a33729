/**
 * Routing hints in comments: {@code -- maxscale route to master} and its kin, with named hints and a stack of them for each session.
 *
 * <p>{@link org.penstock.sql.Classification#hintStart} says where the text of a hint is; a {@link org.penstock.sql.hint.HintStack} belongs to one
 * session and says which hint counts for a statement. What is malformed has no effect. {@link org.penstock.sql.hint.PreparedHints} carries the hints of a prepared text to its executions.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.penstock.sql.hint;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
