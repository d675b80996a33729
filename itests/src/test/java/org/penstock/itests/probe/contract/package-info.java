/** Modules that use what the shipped ones do not, and modules that misbehave. */
package org.penstock.itests.probe.contract;
