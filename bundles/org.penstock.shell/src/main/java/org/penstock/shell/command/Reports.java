package org.penstock.shell.command;

import org.penstock.api.admin.ConfigurationControl.ChangeReport;

/** What a change of the configuration did, as text. */
final class Reports {
    private Reports() {}

    static String text(ChangeReport report) {
        return report.lines().isEmpty() ? "nothing to change" : String.join("\n", report.lines());
    }
}
