package org.penstock.core.service;

/** Is told of changes to the registry of services, after the fact, one change at a time, on the thread that made it; must be quick. */
public interface ServiceListener {
    default void added(Service service) {}

    default void removed(Service service) {}

    /** The service has other settings than before. */
    default void modified(Service service, ServiceSettings before) {}
}
