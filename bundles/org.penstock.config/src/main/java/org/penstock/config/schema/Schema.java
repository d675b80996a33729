package org.penstock.config.schema;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Everything that may be configured with the bundles at hand: immutable. */
public final class Schema {
    static final String PREFIX = "org.penstock.";

    private final Map<String, ObjectClass> byPid;
    private final Set<String> protocols;
    private final Set<String> authenticators;

    Schema(Map<String, ObjectClass> byPid, Set<String> protocols, Set<String> authenticators) {
        this.byPid = Map.copyOf(byPid);
        this.protocols = Set.copyOf(protocols);
        this.authenticators = Set.copyOf(authenticators);
    }

    /**
     * A module that is installed.
     *
     * @param name its own name, which may differ from the one that was asked for
     * @param parameters what it takes
     */
    public record Module(String name, ObjectClass parameters) {}

    /** The parameters of a kind of the core; without attributes when the core is not installed. */
    public ObjectClass core(Kind kind) {
        String pid = PREFIX + kind.word();
        return byPid.getOrDefault(pid, new ObjectClass(pid, "", Map.of()));
    }

    /** Whether the core's part of a kind is installed. */
    public boolean installed(Kind kind) {
        return byPid.containsKey(PREFIX + kind.word());
    }

    /** An installed module by one of its names, or null. */
    public @Nullable Module module(Kind kind, String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        ObjectClass exact = byPid.get(pid(kind, wanted));
        if (exact != null) {
            return new Module(wanted, exact);
        }
        for (String synonym : ModuleNames.synonyms(wanted)) {
            ObjectClass found = byPid.get(pid(kind, synonym));
            if (found != null) {
                return new Module(synonym, found);
            }
        }
        return null;
    }

    /** The factory PID of a module. */
    static String pid(Kind kind, String module) {
        return PREFIX + kind.word() + "." + module;
    }

    /** Names of modules of a kind, installed or known. */
    public Collection<String> modules(Kind kind) {
        Set<String> names = new TreeSet<>(ModuleNames.modules(kind));
        String prefix = pid(kind, "");
        byPid.keySet().stream()
                .filter(pid -> pid.startsWith(prefix))
                .map(pid -> pid.substring(prefix.length()))
                .forEach(names::add);
        return names;
    }

    /** Names of protocols, installed or known. */
    public Set<String> protocols() {
        return united(ModuleNames.protocols(), protocols);
    }

    /** Names of authenticators, installed or known. */
    public Set<String> authenticators() {
        return united(ModuleNames.authenticators(), authenticators);
    }

    /** Whether a bundle at hand offers a protocol. */
    public boolean installedProtocol(String name) {
        return contains(protocols, name);
    }

    /** Whether a bundle at hand offers an authenticator. */
    public boolean installedAuthenticator(String name) {
        return contains(authenticators, name);
    }

    /** Whether a name is among others, without regard to case. */
    public static boolean contains(Collection<String> names, String name) {
        return names.stream().anyMatch(name::equalsIgnoreCase);
    }

    private static Set<String> united(Set<String> some, Set<String> more) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(more);
        return all;
    }

    /** This schema with what another one has and this one does not. */
    public Schema or(Schema earlier) {
        Map<String, ObjectClass> all = new HashMap<>(earlier.byPid);
        all.putAll(byPid);
        return new Schema(all, united(protocols, earlier.protocols), united(authenticators, earlier.authenticators));
    }

    /** PIDs of what may be configured. */
    public Set<String> pids() {
        return byPid.keySet();
    }

    /** Nothing. */
    public static Schema empty() {
        return new Schema(Map.of(), Set.of(), Set.of());
    }

    static List<String> componentProperties() {
        return List.of(SchemaBuilder.PROTOCOL, SchemaBuilder.AUTHENTICATOR, SchemaBuilder.AUTHENTICATORS);
    }
}
