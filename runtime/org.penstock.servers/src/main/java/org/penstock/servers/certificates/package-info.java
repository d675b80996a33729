/** Certificates made on the spot, for servers and tests that speak TLS: nothing in the tree expires. */
@NullMarked
package org.penstock.servers.certificates;

import org.jspecify.annotations.NullMarked;
