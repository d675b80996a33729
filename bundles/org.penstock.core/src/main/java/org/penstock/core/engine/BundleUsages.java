package org.penstock.core.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.admin.BundleUsage;
import org.penstock.api.annotation.AnyThread;
import org.penstock.core.plan.Generation;
import org.penstock.core.plan.ModuleBinder;

/** What plans and sessions use of a bundle, by a look at its generations. */
@Component(service = BundleUsage.class)
@AnyThread
public final class BundleUsages implements BundleUsage {
    private final PlansComponent plans;
    private final ModuleBinder binder;

    @Activate
    public BundleUsages(@Reference PlansComponent plans, @Reference ModuleBinder binder) {
        this.plans = plans;
        this.binder = binder;
    }

    @Override
    public Usage usage(long bundleId) {
        Collection<Generation<?>> all = new LinkedHashSet<>(binder.all());
        all.addAll(plans.plans().generations());
        int sessions = 0;
        List<String> serving = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (Generation<?> generation : all) {
            if (generation.id().bundleId() == bundleId) {
                sessions += generation.sessions();
                String name = generation.id().kind() + " '" + generation.id().name() + "'";
                if (generation.state() == Generation.State.REFUSED) {
                    refused.add(name + ": " + generation.refusal());
                } else if (isBest(generation, all)) {
                    serving.add(name);
                }
            }
        }
        return new Usage(sessions, serving, refused);
    }

    /** True for the one that new sessions get; monitors know no other state than bound. */
    private static boolean isBest(Generation<?> generation, Collection<Generation<?>> all) {
        return serves(generation)
                && all.stream()
                        .filter(other -> other.id()
                                        .kind()
                                        .equals(generation.id().kind())
                                && other.id().name().equals(generation.id().name()))
                        .filter(BundleUsages::serves)
                        .allMatch(other -> other.id().compareTo(generation.id()) <= 0);
    }

    private static boolean serves(Generation<?> generation) {
        return generation.state() == Generation.State.STARTED
                || (generation.id().kind().equals("monitor") && generation.state() == Generation.State.BOUND);
    }
}
