/**
 * The contract of authenticators: one authentication plugin of the wire protocol, towards clients and towards servers.
 *
 * <h2>Purpose</h2>
 * An {@link org.penstock.api.auth.Authenticator} makes a step machine for each login. Towards a client it checks a proof and hands over a credential with which
 * servers can be logged in to; towards a server it makes the proof from that credential.
 *
 * <h2>Life cycle</h2>
 * One component per plugin, without configuration. Pending logins keep the exchange that they began with; new ones use the newest version.
 *
 * <h2>Threading</h2>
 * An exchange runs on the event loop of its login and must not block; {@link org.penstock.api.auth.AuthStep.InBackground} takes it off the loop.
 *
 * <h2>Ownership</h2>
 * Arrays pass with the call. A credential is opaque to the core, lives as long as its session, is never written out, and its {@code toString} shows nothing.
 *
 * <h2>Failure</h2>
 * Fails closed: an exception rejects the login. A rejection tells the client no more than error 1045.
 *
 * <h2>Example</h2>
 * The bundle {@code org.penstock.auth.nativepassword}.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.penstock.api.auth;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
