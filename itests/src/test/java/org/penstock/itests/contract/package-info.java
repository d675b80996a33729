/** The contract used in every way, by modules made for it, over real connections. */
package org.penstock.itests.contract;
