/** Authentication by GSSAPI (Kerberos): clients prove themselves to Penstock's principal, and with tickets that they delegate Penstock proves them to servers. */
@NullMarked
package org.penstock.auth.gssapi;

import org.jspecify.annotations.NullMarked;
