/**
 * The contract of SQL protocols: the dialect spoken while a connection logs in, on the client's side and mirrored on the server's.
 *
 * <h2>Purpose</h2>
 * A {@link org.penstock.api.protocol.Protocol} makes step machines over packet payloads. It knows greetings, responses and switches; the core owns sockets, TLS,
 * framing, sequence numbers, limits and time-outs, finds the account and runs the authenticator. When a login is accepted the protocol leaves; command-phase
 * framing and reply tracking are the core's. It is called again for COM_CHANGE_USER.
 *
 * <h2>Life cycle</h2>
 * One component per dialect, without configuration. A pending login keeps the machine that it began with; new logins use the newest version.
 *
 * <h2>Threading</h2>
 * A machine runs on its connection's event loop and must not block.
 *
 * <h2>Ordering and back-pressure</h2>
 * Packets are shown one at a time, whole, at most {@link org.penstock.api.protocol.Protocol#MAX_LOGIN_PACKET} bytes. Bytes that arrive before a TLS switch has
 * ended are not kept: they end the login.
 *
 * <h2>Ownership</h2>
 * Payload views are borrowed until return; returned arrays pass to the core.
 *
 * <h2>Failure</h2>
 * A {@code ProtocolException} ends the login with its error, any other exception with 1043. After a failed login the only next state is closed.
 *
 * <h2>Example</h2>
 * The bundle {@code org.penstock.protocol.mariadb}.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.penstock.api.protocol;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
