/** What may be configured: the parameters of every kind of object and module, read from the metatype of bundles, and the names of modules. */
@NullMarked
package org.penstock.config.schema;

import org.jspecify.annotations.NullMarked;
