/** The dialect of MariaDB and MySQL while a connection logs in, towards clients and towards servers, and where their servers keep accounts. */
@NullMarked
package org.penstock.protocol.mariadb;

import org.jspecify.annotations.NullMarked;
