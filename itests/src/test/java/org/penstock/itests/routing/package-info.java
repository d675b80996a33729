/** Where statements go: routers, and filters that give them hints. */
package org.penstock.itests.routing;
