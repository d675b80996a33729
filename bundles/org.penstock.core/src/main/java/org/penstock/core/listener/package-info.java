/** Listeners: addresses and unix sockets that are open in front of services. */
@NullMarked
package org.penstock.core.listener;

import org.jspecify.annotations.NullMarked;
