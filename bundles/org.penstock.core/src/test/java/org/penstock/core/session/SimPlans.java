package org.penstock.core.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.Version;
import org.penstock.api.filter.Filter;
import org.penstock.api.router.Router;
import org.penstock.core.plan.Generation;
import org.penstock.core.plan.Plan;

/** Makes plans: the filter that must see everything, good or flawed or missing, with or without the probe, and a router. */
final class SimPlans {
    private static final String[] FLAWS = {"", "", "import", "open", "new"};

    private final Simulation sim;
    private final List<Generation<?>> generations = new ArrayList<>();
    private Generation<Filter> watch;
    private Generation<Filter> probe;
    private Generation<Router> router;
    private long number;

    SimPlans(Simulation sim) {
        this.sim = sim;
        this.watch = filter("watch", new SimWatch(sim, ""));
        this.probe = filter("probe", new SimProbe(sim));
        this.router = made("router", "sim", new SimRouter(sim));
    }

    private Generation<Filter> filter(String name, Filter filter) {
        return made("filter", name, filter);
    }

    private <M> Generation<M> made(String kind, String name, M module) {
        int revision = generations.size() + 1;
        Generation<M> made = new Generation<>(
                new Generation.ModuleId(kind, name, name, Version.emptyVersion, revision, revision, 1), module);
        generations.add(made);
        return made;
    }

    /** A plan without flaws. */
    Plan good() {
        watch = filter("watch", new SimWatch(sim, ""));
        return plan(watch, probe, router);
    }

    /** Any plan. */
    Plan any() {
        Generation<Filter> watching = watch;
        switch (sim.random.nextInt(4)) {
            case 0 -> {
                sim.missing = true;
                watching = null;
            }
            case 1 -> watching = watch;
            default -> {
                String flaw = FLAWS[sim.random.nextInt(FLAWS.length)];
                sim.missing |= flaw.equals("import") || flaw.equals("open");
                watching = filter("watch", new SimWatch(sim, flaw));
                watch = flaw.isEmpty() ? watching : watch;
            }
        }
        if (sim.random.nextInt(3) == 0) {
            probe = filter("probe", new SimProbe(sim));
        }
        if (sim.random.nextInt(3) == 0) {
            router = made("router", "sim", new SimRouter(sim));
        }
        return plan(watching, sim.random.nextInt(3) == 0 ? null : probe, router);
    }

    private Plan plan(Generation<Filter> watching, Generation<Filter> probing, Generation<Router> routing) {
        List<Plan.Slot<Filter>> filters = new ArrayList<>();
        filters.add(new Plan.Slot<>("watch", watching));
        if (probing != null) {
            filters.add(sim.random.nextBoolean() ? 1 : 0, new Plan.Slot<>("probe", probing));
        }
        return new Plan("sim", ++number, filters, new Plan.Slot<>("sim", routing), Duration.ofSeconds(30));
    }

    /** Sessions that still have a part of some generation. */
    int sessions() {
        return generations.stream().mapToInt(Generation::sessions).sum();
    }
}
