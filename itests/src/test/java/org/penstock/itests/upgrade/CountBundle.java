package org.penstock.itests.upgrade;

import java.io.IOException;
import org.penstock.api.filter.Filter;
import org.penstock.itests.harness.ProbeBundle;
import org.penstock.itests.probe.count.CountFilter;

/** The bundle of the count filter. */
final class CountBundle {
    static final String NAME = "org.penstock.itests.count";

    private CountBundle() {}

    static ProbeBundle builder() throws IOException {
        return ProbeBundle.of(NAME, CountFilter.class.getPackage())
                .importing(
                        "org.penstock.api.command;version=\"[0.1,1)\"",
                        "org.penstock.api.filter;version=\"[0.1,1)\"",
                        "org.penstock.api.session;version=\"[0.1,1)\"")
                .component(CountFilter.class, Filter.class, "filter", "countfilter", "mode");
    }
}
