/** Authentication by caching_sha2_password and sha256_password of MySQL, towards clients and towards servers. */
@NullMarked
package org.penstock.auth.cachingsha2;

import org.jspecify.annotations.NullMarked;
