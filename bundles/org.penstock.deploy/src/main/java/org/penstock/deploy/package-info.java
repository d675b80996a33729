/**
 * New versions of modules in a running framework: the folder {@code deploy/} and the commands {@code mod:*}.
 *
 * <p>The new version is installed beside the old one, the core moves the sessions, and the old one is stopped last. The platform is never touched.
 */
@NullMarked
package org.penstock.deploy;

import org.jspecify.annotations.NullMarked;
