package org.penstock.shell.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.penstock.api.admin.Details;

/** What {@code show} prints of an object. */
public final class DetailsText {
    private DetailsText() {}

    public static String of(Details details, OutputForm form) {
        return switch (form) {
            case PLAIN -> plain(details);
            case TSV -> tsv(details);
            case JSON -> json(details);
        };
    }

    private static String plain(Details details) {
        int width = 0;
        for (Details.Entry entry : details.entries()) {
            width = Math.max(width, entry.label().length());
        }
        List<String> lines = new ArrayList<>();
        lines.add(details.title());
        for (Details.Entry entry : details.entries()) {
            String label =
                    entry.label() + ":" + " ".repeat(width - entry.label().length() + 1);
            lines.add(("  " + label + entry.value().replace("\n", "\n" + " ".repeat(label.length() + 2)))
                    .stripTrailing());
        }
        for (Details.Section section : details.tables()) {
            lines.add("");
            lines.add(section.title());
            lines.add(TableText.of(section.table(), OutputForm.PLAIN).indent(2).stripTrailing());
        }
        return String.join("\n", lines);
    }

    private static String tsv(Details details) {
        List<String> lines = new ArrayList<>();
        for (Details.Entry entry : details.entries()) {
            lines.add(TableText.oneLine(entry.label()) + "\t" + TableText.oneLine(entry.value()));
        }
        for (Details.Section section : details.tables()) {
            lines.add("");
            lines.add(TableText.of(section.table(), OutputForm.TSV));
        }
        return String.join("\n", lines);
    }

    private static String json(Details details) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (Details.Entry entry : details.entries()) {
            object.put(entry.label(), entry.value());
        }
        for (Details.Section section : details.tables()) {
            object.put(section.title(), TableText.rows(section.table()));
        }
        return JsonText.of(object);
    }
}
