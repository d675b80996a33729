/** Authentication by MariaDB's ed25519: checks the signature of a client, signs for servers. */
@NullMarked
package org.penstock.auth.ed25519;

import org.jspecify.annotations.NullMarked;
