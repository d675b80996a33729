package org.penstock.config.bridge;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.penstock.api.admin.AdminException;
import org.penstock.config.check.CheckedConfiguration;
import org.penstock.config.check.ConfigurationCheck;
import org.penstock.config.check.ConfiguredObject;
import org.penstock.config.check.Problem;
import org.penstock.config.check.References;
import org.penstock.config.check.Sources;
import org.penstock.config.ini.IniFile;
import org.penstock.config.ini.IniSection;
import org.penstock.config.ini.PersistedSections;
import org.penstock.config.ini.Position;
import org.penstock.config.schema.Kind;
import org.penstock.config.schema.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configuration in force: loaded, reloaded as a difference, changed object by object. */
final class Configurator {
    private static final Logger LOG = LoggerFactory.getLogger(Configurator.class);

    private final Supplier<Sources> files;
    private final Supplier<Schema> schemas;
    private final Applier applier;
    private Schema schema = Schema.empty();
    private Sources sources;
    private CheckedConfiguration checked;

    /**
     * @param files reads all files
     * @param schemas what may be configured now
     */
    Configurator(Supplier<Sources> files, Supplier<Schema> schemas, Applier applier) {
        this.files = files;
        this.schemas = schemas;
        this.applier = applier;
        this.sources = files.get();
        this.checked = new CheckedConfiguration(Map.of(), List.of(), List.of(), List.of(), List.of());
    }

    CheckedConfiguration checked() {
        return checked;
    }

    Schema schema() {
        return schema;
    }

    /**
     * Applies the files as they were read at the start.
     *
     * @return every mistake, one a line; empty when there is none
     */
    String load() {
        CheckedConfiguration found = check(sources);
        if (!found.problems().isEmpty()) {
            return found.problemText();
        }
        warn(found);
        try {
            applier.load(Difference.between(applier.current(), found.objects()));
        } catch (Applier.RefusedException e) {
            return placed(found, e);
        }
        checked = found;
        return "";
    }

    /** The causes with the places of the sections that they are about. */
    private static String placed(CheckedConfiguration found, Applier.RefusedException refused) {
        List<String> lines = new ArrayList<>();
        refused.causes().forEach((id, cause) -> {
            Kind kind = id.kind() == Kind.ROUTER ? Kind.SERVICE : id.kind();
            IniSection section = found.sections().get(new ConfiguredObject.Id(kind, id.name()));
            lines.add(section == null ? id + ": " + cause : placed(section, cause));
        });
        return String.join("\n", lines);
    }

    /** A cause that begins with one of the section's keys stands at that key. */
    private static String placed(IniSection section, String cause) {
        int colon = cause.indexOf(": ");
        String key =
                colon > 0 && section.values().containsKey(cause.substring(0, colon)) ? cause.substring(0, colon) : "";
        String message = key.isEmpty() ? cause : cause.substring(colon + 2);
        return new Problem(section.position(key), section.name(), key, message, "", "").toString();
    }

    /** Reads the files again and applies the difference, or only tells it. A bad file changes nothing. */
    List<String> reload(boolean dryRun) {
        Sources read = files.get();
        CheckedConfiguration found = check(read);
        if (!found.problems().isEmpty()) {
            throw new AdminException(found.problemText());
        }
        Difference difference = Difference.between(applier.current(), found.objects());
        if (!dryRun) {
            warn(found);
            apply(difference, found, read);
        }
        return difference.lines();
    }

    /** Looks again at what waits, after a bundle has come. */
    void recheck() {
        CheckedConfiguration found = check(sources);
        if (!found.problems().isEmpty()) {
            LOG.error(
                    "The configuration of an installed module is wrong, the module stays out: {}", found.problemText());
            return;
        }
        Difference difference = Difference.between(applier.current(), found.objects());
        try {
            apply(difference, found, sources);
            difference.lines().forEach(LOG::info);
        } catch (AdminException e) {
            LOG.error("{}", e.getMessage());
        }
    }

    /** Names of the listeners that must open before the process is ready: those with a protocol whose service waits for no module. */
    List<String> listeners() {
        Set<String> waiting = new HashSet<>();
        checked.waiting().forEach(object -> waiting.add(object.name()));
        List<String> ready = new ArrayList<>();
        checked.sections().forEach((id, section) -> {
            if (id.kind() == Kind.LISTENER) {
                String protocol = section.textOrEmpty("protocol");
                IniSection service =
                        checked.sections().get(new ConfiguredObject.Id(Kind.SERVICE, section.textOrEmpty("service")));
                boolean served = service != null
                        && !waiting.contains(service.name())
                        && References.filters(service).stream().noneMatch(waiting::contains);
                if (served && (protocol.isEmpty() || schema.installedProtocol(protocol))) {
                    ready.add(id.name());
                }
            }
        });
        return ready;
    }

    /** Puts a section in place of the one of that name; null takes it away. Checked whole, written, then applied. */
    List<String> change(ConfiguredObject.Id id, @Nullable IniSection section) {
        Sources changed = with(id, section);
        CheckedConfiguration found = check(changed);
        if (!found.problems().isEmpty()) {
            throw new AdminException(String.join(
                    "\n", found.problems().stream().map(Problem::withoutPlace).toList()));
        }
        Difference difference = Difference.between(applier.current(), found.objects());
        PersistedSections persisted = new PersistedSections(sources.persistedDirectory());
        try {
            String before = persisted.text(id.name());
            write(persisted, id, section);
            try {
                apply(difference, found, changed);
            } catch (AdminException e) {
                persisted.restore(id.name(), before);
                throw e;
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new AdminException(id + " could not be written down: " + e.getMessage(), e);
        }
        return difference.lines();
    }

    private void write(PersistedSections persisted, ConfiguredObject.Id id, @Nullable IniSection section)
            throws IOException {
        if (section == null) {
            persisted.remove(id.name());
        } else if (persist()) {
            Map<String, String> texts = new LinkedHashMap<>();
            section.values().forEach((key, value) -> texts.put(key, value.text()));
            persisted.write(id.name(), texts);
        }
    }

    /** Whether a place is in the directory of changes made at run time. */
    boolean persisted(Position position) {
        return position.file().startsWith(sources.persistedDirectory().toString());
    }

    private boolean persist() {
        IniSection global = checked.sections().get(new ConfiguredObject.Id(Kind.GLOBAL, ""));
        String text = global == null ? "" : global.textOrEmpty("persist_runtime_changes");
        return !List.of("false", "no", "off", "0").contains(text.toLowerCase(Locale.ROOT));
    }

    /** All sections in force, one of them replaced, added or taken away. */
    private Sources with(ConfiguredObject.Id id, @Nullable IniSection section) {
        Map<ConfiguredObject.Id, IniSection> sections = new LinkedHashMap<>(checked.sections());
        if (section == null) {
            sections.remove(id);
        } else {
            sections.put(id, section);
        }
        IniFile all = new IniFile(List.copyOf(sections.values()), List.of());
        return new Sources(all, new IniFile(List.of(), List.of()), sources.persistedDirectory());
    }

    private void apply(Difference difference, CheckedConfiguration found, Sources read) {
        try {
            applier.apply(difference);
        } catch (Applier.RefusedException e) {
            LOG.warn("Nothing was changed: {}", e.getMessage());
            throw new AdminException(Objects.requireNonNull(e.getMessage()) + "; nothing was changed", e);
        }
        checked = found;
        sources = read;
    }

    private CheckedConfiguration check(Sources read) {
        schema = schemas.get().or(schema);
        return ConfigurationCheck.check(read, schema);
    }

    private static void warn(CheckedConfiguration found) {
        found.warnings().forEach(warning -> LOG.warn("{}", warning));
    }
}
