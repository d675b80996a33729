/** Tests of the assembled distribution in front of real servers. */
package org.penstock.itests;
