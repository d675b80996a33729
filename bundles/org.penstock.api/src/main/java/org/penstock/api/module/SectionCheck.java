package org.penstock.api.module;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;
import org.penstock.api.annotation.Blocking;

/**
 * A look at what sections name outside of the configuration, such as files. The check of a configuration without a start ({@code penstock -c}) asks every one that {@link
 * java.util.ServiceLoader} finds in the jars of the distribution; there is no framework then, and nothing else of the bundle runs.
 */
@ConsumerType
public interface SectionCheck {
    /**
     * Called once for each section whose parameters are right by themselves.
     *
     * @param kind of the section, as its {@code type} says it
     * @param parameters what the section says, by key; nothing for what it leaves out
     * @param findings told of what is wrong
     */
    @Blocking
    void check(String kind, Map<String, String> parameters, Findings findings);

    /** What was found in one section. */
    @ProviderType
    interface Findings {
        /** Penstock would not start, or not serve, with this. */
        void problem(String key, String message);

        /** It works, but perhaps not as meant, or not for long. */
        void warning(String key, String message);
    }
}
