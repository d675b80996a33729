/** What the tests drive: the distribution, its process, the servers behind it, clients, and bundles made for a test. */
package org.penstock.itests.harness;
