/** How the distribution is operated, and what it does with bad input. */
package org.penstock.itests.operation;
