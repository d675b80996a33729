/** A filter that counts, and says of which version it is. */
package org.penstock.itests.probe.count;
