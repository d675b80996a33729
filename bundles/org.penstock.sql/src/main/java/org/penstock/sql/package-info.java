/**
 * What a SQL statement is, from its bytes: a tokenizer, one pass that classifies and makes the canonical form, and a deeper scan for its
 * structure on demand. Pure functions of the bytes and of a {@link org.penstock.sql.Dialect}: no I/O, no threads, no logging.
 *
 * <p><b>Answers are on the safe side.</b> A verb, a function or a form of comment that is not known makes the statement one for the primary.
 * No input throws: what cannot be read to its end says so in {@link org.penstock.api.statement.Flags#UNTERMINATED} or {@link org.penstock.api.statement.Flags#CUT}.
 *
 * <p><b>Use.</b> A {@link org.penstock.sql.Classifier} belongs to one thread, as a rule one for each event loop. It reads the caller's array and
 * fills the caller's {@link org.penstock.sql.Classification}, both of which may be reused at once afterwards; nothing is allocated.
 * {@link org.penstock.api.statement.Placement} sums a classification up for routers.
 *
 * <p><b>Cost</b> is linear in the length of the statement. {@link org.penstock.sql.Classifier#MAX_BYTES} bounds what is read, and
 * {@link org.penstock.sql.Classification#MAX_CANONICAL} what is kept of the canonical form.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.penstock.sql;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
