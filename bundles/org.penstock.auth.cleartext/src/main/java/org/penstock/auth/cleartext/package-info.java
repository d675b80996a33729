/** Authentication by mysql_clear_password: the client hands over its password, the servers check it. */
@NullMarked
package org.penstock.auth.cleartext;

import org.jspecify.annotations.NullMarked;
