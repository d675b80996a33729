package org.penstock.api.auth;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;
import org.penstock.api.account.Account;
import org.penstock.api.annotation.EventLoop;
import org.penstock.api.annotation.Owned;

/** The machine of one login of a client. */
@ConsumerType
@EventLoop
public interface ClientAuth {
    /**
     * Name of the plugin on the wire where it depends on the account or on options; null for {@link Authenticator#plugin()}; empty for one that reads nothing from
     * the client: then the first step is asked for at once, with no bytes. Asked once, before the first response.
     */
    default @Nullable String plugin() {
        return null;
    }

    /**
     * What the switch to the plugin carries, asked once, before the first response: a prompt, a nonce, a principal. Who returns bytes is always switched to, also
     * when the client began with this plugin, since what it sent was made from the greeting's seed. Null for that seed: then a client that began with the plugin
     * is not switched.
     */
    default byte @Nullable [] switchData() {
        return null;
    }

    /** The first step, with the client's first bytes for this plugin, or those that answer a switch to it; then a step for each answer to a {@link AuthStep.Challenge}. */
    AuthStep onResponse(@Owned byte[] response);

    /**
     * The accounts were read anew after {@link AuthStep.NeedAccounts}, and this one with the same plugin admits the client: the step by what the client sent before.
     * Called at most once.
     */
    default AuthStep onAccount(Account account) {
        return new AuthStep.Reject("wrong proof");
    }

    /**
     * What clients of this plugin can make of their password alone and the account stores, such as the doubled SHA-1: with it a server proves its certificate to them
     * (MariaDB 11.4). Asked after acceptance; null when the plugin has none.
     */
    default byte @Nullable [] certificateProofKey() {
        return null;
    }
}
