/**
 * The contract of authenticators: one authentication plugin of the wire protocol, towards clients and towards servers.
 *
 * <h2>Purpose</h2>
 * An {@link org.penstock.api.auth.Authenticator} makes a step machine for each login. Towards a client it checks a proof and hands over a credential with which
 * servers can be logged in to; towards a server it makes the proof from that credential.
 *
 * <h2>Life cycle</h2>
 * One component per plugin, without configuration; what a listener sets in {@code authenticator_options} comes with each request. Pending logins keep the exchange
 * that they began with; new ones use the newest version. What outlives an exchange is in the service's store.
 *
 * <h2>Threading</h2>
 * An exchange runs on the event loop of its login and must not block; {@link org.penstock.api.auth.AuthStep.InBackground} takes it off the loop.
 *
 * <h2>Ordering</h2>
 * {@code plugin} and {@code switchData}, then {@code onResponse} with what the client sent for the plugin, again after each challenge, until a step decides. The
 * core finds the account, switches the client to its plugin where that is not the one that the client began with, and tries the plugins of an account that has
 * several one after the other, as servers do. An account whose plugin the listener's {@code authenticator} leaves out is refused.
 *
 * <h2>Credentials</h2>
 * A proof of mysql_native_password gives {@code sha1}, and whoever has seen the password itself gives {@code clear}. Proofs of ed25519, GSSAPI and PAM give nothing
 * that a server would take, see {@link org.penstock.api.auth.Secret#unusable}. Then the listener's {@code user_mapping_file} says with which account servers are logged in to, or the authenticator takes
 * the password in clear text, over TLS or a unix socket only, where its options say so. A mapping replaces the credential of any client that it names.
 *
 * <h2>Equal cost</h2>
 * A login of a user that does not exist takes the same steps, with the same work, as one with a wrong password: the core runs the authenticator of an existing
 * account, always the same for one name, and refuses at the end. An exchange must therefore not look at the name before it has done its work.
 *
 * <h2>Ownership</h2>
 * Arrays pass with the call. A credential is opaque to the core, lives as long as its session, is never written out, and its {@code toString} shows nothing.
 *
 * <h2>Failure</h2>
 * Fails closed: an exception rejects the login. A rejection tells the client no more than error 1045. A password in clear text is neither asked for nor sent
 * where {@code encrypted} is false.
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
