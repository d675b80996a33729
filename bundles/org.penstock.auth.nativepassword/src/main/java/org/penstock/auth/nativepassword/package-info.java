/** Authentication by mysql_native_password: checks the proof of a client and recovers from it what proves the same to servers. */
@NullMarked
package org.penstock.auth.nativepassword;

import org.jspecify.annotations.NullMarked;
