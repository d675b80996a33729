package org.penstock.shell;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.Descriptor;

/**
 * What is known of a verb from the annotations of the method that carries it.
 *
 * @param scope Gogo's scope
 * @param name the word
 * @param effect one line
 * @param forms as in {@link Usage}
 * @param examples lines to copy
 */
public record Verb(String scope, String name, String effect, List<String> forms, List<String> examples) {
    public Verb {
        forms = List.copyOf(forms);
        examples = List.copyOf(examples);
    }

    /** The verb of this name in a class, if a method with {@link Usage} has that name. */
    public static Optional<Verb> of(String scope, String name, Class<?> type) {
        for (Method method : type.getMethods()) {
            Usage usage = method.getAnnotation(Usage.class);
            Descriptor descriptor = method.getAnnotation(Descriptor.class);
            if (usage != null && descriptor != null && method.getName().equals(name)) {
                return Optional.of(
                        new Verb(scope, name, descriptor.value(), List.of(usage.value()), List.of(usage.example())));
            }
        }
        return Optional.empty();
    }
}
