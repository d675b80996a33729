package org.penstock.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.penstock.api.filter.Filter;
import org.penstock.core.plan.Modules.CountingFilter;

class PlansTest {
    private final List<Plan> published = new CopyOnWriteArrayList<>();
    private final Plans plans = new Plans(generation -> Modules.context(), published::add);
    private final CountingFilter first = new CountingFilter();
    private final Generation<Filter> old = Modules.generation("filter", "log", "1.0", 1, first);

    @BeforeEach
    void begin() {
        plans.service(Modules.service("log"));
        plans.bound(Modules.router());
        plans.bound(old);
        Modules.await("the first whole plan", () -> serving() == old);
    }

    @AfterEach
    void end() {
        plans.close();
    }

    private @Nullable Generation<Filter> serving() {
        Plan plan = plans.current("rw");
        return plan == null ? null : plan.filters().get(0).generation();
    }

    private Plan current() {
        return Objects.requireNonNull(plans.current("rw"));
    }

    @Test
    void shouldNameEmptySlotUntilModuleIsThere() {
        assertThat(published)
                .extracting(Plan::missing)
                .startsWith("filter 'log'")
                .endsWith((String) null);
        assertThat(published).extracting(Plan::number).isSorted();
        assertThat(current().missing()).isNull();
        assertThat(first.starts).hasValue(1);
    }

    @Test
    void shouldPreferHigherVersionThenNewerRevision() {
        Generation<Filter> revision = Modules.generation("filter", "log", "1.0", 2, new CountingFilter());
        plans.bound(revision);
        Modules.await("the newer revision serves", () -> serving() == revision);
        Generation<Filter> version = Modules.generation("filter", "log", "1.1", 1, new CountingFilter());
        plans.bound(version);
        Modules.await("the higher version serves", () -> serving() == version);
        Generation<Filter> late = Modules.generation("filter", "log", "1.0", 9, new CountingFilter());
        plans.bound(late);
        Modules.await("the late one is started", () -> late.state() == Generation.State.STARTED);
        assertThat(serving()).isSameAs(version);
    }

    @Test
    void shouldServeOnWithOldGenerationWhenNewOneRefusesToStart() {
        Generation<Filter> bad = Modules.generation("filter", "log", "2.0", 1, new CountingFilter().refusing());
        plans.bound(bad);
        Modules.await("the refusal", () -> bad.state() == Generation.State.REFUSED);
        assertThat(serving()).isSameAs(old);
        assertThat(bad.refusal()).isEqualTo("no place on disk");
        plans.unbound(bad);
        Modules.await("it is forgotten", () -> !plans.generations().contains(bad));
        assertThat(bad.state()).isEqualTo(Generation.State.STOPPED);
    }

    @Test
    void shouldStopRetiredGenerationWhenItsLastSessionHasLeft() {
        assertThat(old.enter()).isTrue();
        Generation<Filter> next = Modules.generation("filter", "log", "1.1", 1, new CountingFilter());
        plans.bound(next);
        plans.unbound(old);
        Modules.await("the successor serves", () -> serving() == next);
        Modules.await("the old one retires", () -> old.state() == Generation.State.RETIRING);
        assertThat(first.stops).hasValue(0);
        assertThat(plans.generations()).contains(old);
        assertThat(old.enter()).isFalse();
        old.left();
        Modules.await("the old one is stopped", () -> plans.released() == 1);
        assertThat(first.stops).hasValue(1);
        assertThat(plans.generations()).doesNotContain(old);
    }

    @Test
    void shouldLeaveSlotEmptyWhenOnlyGenerationIsUnbound() {
        plans.unbound(old);
        Modules.await("an empty slot", () -> serving() == null);
        assertThat(current().missing()).isEqualTo("filter 'log'");
        assertThat(published.get(published.size() - 1)).isEqualTo(current());
    }

    @Test
    void shouldPublishNothingWhenNothingChangesForService() {
        int before = published.size();
        Generation<Filter> other = Modules.generation("filter", "other", "1.0", 1, new CountingFilter());
        plans.bound(other);
        Modules.await("it is started", () -> other.state() == Generation.State.STARTED);
        plans.service(Modules.service("log", "other"));
        Modules.await("a plan of two", () -> current().filters().size() == 2);
        assertThat(published).hasSize(before + 1);
    }

    @Test
    void shouldForgetPlanOfRemovedService() {
        plans.serviceRemoved("rw");
        Modules.await("no plan", () -> plans.current("rw") == null);
    }

    @Test
    void shouldStopStartedGenerationsWhenClosed() {
        plans.close();
        assertThat(first.stops).hasValue(1);
        plans.unbound(old);
        assertThat(first.stops).hasValue(1);
    }
}
