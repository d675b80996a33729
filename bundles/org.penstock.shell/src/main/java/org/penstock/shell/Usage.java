package org.penstock.shell;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What {@code help} prints of a verb, beside the descriptors of its method. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Usage {
    /** The forms of the verb, words in capitals standing for the operator's. */
    String[] value();

    /** Lines to copy. */
    String[] example();
}
