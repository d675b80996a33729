/**
 * Event loops, channels and the bytes on them: the Netty rooms. A client's channel and the channels to its servers live on one event loop.
 *
 * <p>Handlers by channel, one at a time: a client's channel has a {@link org.penstock.core.net.LoginHandler}, then a {@link org.penstock.core.net.SessionHandler}; a server's
 * has a {@link org.penstock.core.net.ServerLoginHandler}, then a {@link org.penstock.core.net.LinkHandler} or a {@link org.penstock.core.net.QueryHandler}.
 */
@NullMarked
package org.penstock.core.net;

import org.jspecify.annotations.NullMarked;
