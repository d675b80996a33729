/**
 * The management model that every administration interface shares: what exists, what it is doing, and the verbs that change it.
 *
 * <h2>Purpose</h2>
 * {@link org.penstock.api.admin.Management} is provided by the core: list, show, why, server status, sessions, modules.
 * {@link org.penstock.api.admin.ConfigurationControl} is provided by the configuration bundle: alter, create, destroy, reload.
 * No interface reaches past them into the core.
 *
 * <h2>Threading</h2>
 * All methods may be called on any thread but an event loop, and may block for a bounded time.
 *
 * <h2>Failure</h2>
 * {@link org.penstock.api.admin.AdminException} says what is wrong and what would be right; nothing was changed then.
 */
@Export
@Version("0.1.0")
@NullMarked
package org.penstock.api.admin;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
