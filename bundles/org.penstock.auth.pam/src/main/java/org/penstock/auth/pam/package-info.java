/** Authentication by PAM: towards clients it asks for what the PAM service wants to know, towards servers it answers their PAM's question. */
@NullMarked
package org.penstock.auth.pam;

import org.jspecify.annotations.NullMarked;
