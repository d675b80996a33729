/** Modules replaced under live sessions. */
package org.penstock.itests.upgrade;
