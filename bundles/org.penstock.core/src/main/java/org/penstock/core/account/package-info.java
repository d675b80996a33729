/**
 * Accounts: per service the immutable index of who may log in, how it is read from the servers, and its copy on disk.
 *
 * <p>Host patterns, their order and the words of refusals are those of MariaDB:
 * see <a href="https://mariadb.com/kb/en/create-user/#account-names">account names</a>.
 */
@NullMarked
package org.penstock.core.account;

import org.jspecify.annotations.NullMarked;
