package org.penstock.core.login;

import java.util.Map;
import org.penstock.api.module.SectionCheck;

/** Looks for listeners that let mapped users in without a proof. */
public final class LoginSectionCheck implements SectionCheck {
    @Override
    public void check(String kind, Map<String, String> parameters, Findings findings) {
        if (!kind.equals("listener")
                || parameters.getOrDefault("user_mapping_file", "").isEmpty()) {
            return;
        }
        try {
            LoginPolicy written = LoginPolicy.of(
                    parameters.getOrDefault("authenticator", ""),
                    parameters.getOrDefault("authenticator_options", ""),
                    UserMapping.NONE);
            String warning = written.mappedWarning();
            if (warning != null) {
                findings.warning("user_mapping_file", warning);
            }
        } catch (IllegalArgumentException e) {
            findings.problem("authenticator_options", String.valueOf(e.getMessage()));
        }
    }
}
