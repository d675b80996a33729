/** The assembled distribution, tried from outside. */
package org.penstock.runtime;
