package org.penstock.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.penstock.api.account.Account;
import org.penstock.api.account.AccountSet;
import org.penstock.core.global.GlobalSettings;
import org.penstock.core.service.AccountSettings;
import org.penstock.core.service.Service;

/** When accounts are read anew, and host names looked up, and who waits for it. */
class AccountRefreshTest extends AccountRoomFixture {
    @Test
    void shouldLoadOnceForAllWhoWait() throws Exception {
        CompletableFuture<AccountSet> later = new CompletableFuture<>();
        fake.accounts("db1", later);
        AccountRoom room = room(settings(all(false), "db1"));
        CompletionStage<AccountIndex> first = room.ready();
        CompletionStage<AccountIndex> second = room.ready();
        CompletionStage<AccountIndex> third = room.refresh();
        later.complete(users("a"));
        assertThat(knows(get(first), "a")).isTrue();
        assertThat(knows(get(second), "a")).isTrue();
        assertThat(third).isNotNull();
        assertThat(knows(get(third), "a")).isTrue();
        assertThat(fake.connects).containsExactly("db1");
    }

    @Test
    void shouldLoadAnewWhenToldDuringLoad() throws Exception {
        CompletableFuture<AccountSet> later = new CompletableFuture<>();
        fake.accounts("db1", later);
        AccountRoom room = room(settings(all(false), "db1"));
        CompletionStage<AccountIndex> first = room.reload();
        CompletionStage<AccountIndex> second = room.reload();
        CompletionStage<AccountIndex> third = room.reload();
        later.complete(users("a"));
        get(first);
        get(second);
        get(third);
        assertThat(fake.connects).containsExactly("db1", "db1");
    }

    @Test
    void shouldLimitLoadsForUnknownUsers() throws Exception {
        fake.accounts("db1", users("a"));
        AccountRoom room = room(settings(all(false), "db1"));
        get(room.ready());
        assertThat(room.refresh()).isNull();
        nanos.addAndGet(Duration.ofSeconds(29).toNanos());
        assertThat(room.refresh()).isNull();
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        fake.accounts("db1", users("a", "b"));
        CompletionStage<AccountIndex> refreshed = room.refresh();
        assertThat(refreshed).isNotNull();
        assertThat(knows(get(refreshed), "b")).isTrue();
        assertThat(room.refresh()).isNull();
    }

    @Test
    void shouldLoadAtOnceWhenAccountsAreKnownToHaveChanged() throws Exception {
        fake.accounts("db1", users("a"));
        AccountRoom room = room(settings(all(false), "db1"));
        get(room.ready());
        fake.accounts("db1", users("a", "b"));
        room.stale();
        CompletionStage<AccountIndex> refreshed = room.refresh();
        assertThat(refreshed).isNotNull();
        assertThat(knows(get(refreshed), "b")).isTrue();
        assertThat(room.refresh()).as("one load for one change").isNull();
    }

    @Test
    void shouldNotJoinLoadThatMayHaveMissedTheChange() throws Exception {
        CompletableFuture<AccountSet> later = new CompletableFuture<>();
        fake.accounts("db1", later);
        AccountRoom room = room(settings(all(false), "db1"));
        room.reload();
        room.stale();
        CompletionStage<AccountIndex> refreshed = room.refresh();
        later.complete(users("a"));
        assertThat(refreshed).isNotNull();
        get(refreshed);
        assertThat(fake.connects).containsExactly("db1", "db1");
    }

    @Test
    void shouldNeverLoadForUnknownUsersWhenTold() throws Exception {
        timing = new GlobalSettings.Accounts(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                0,
                Duration.ofSeconds(10),
                Duration.ofSeconds(-1),
                Duration.ZERO,
                true);
        fake.accounts("db1", users("a"));
        AccountRoom room = room(settings(all(false), "db1"));
        get(room.ready());
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(room.refresh()).isNull();
    }

    @Test
    void shouldEndRefreshNormallyWhenLoadFails() throws Exception {
        fake.accounts("db1", users("a"));
        AccountRoom room = room(settings(all(false), "db1"));
        get(room.ready());
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        fake.failConnects("db1", LOST);
        CompletionStage<AccountIndex> refreshed = room.refresh();
        assertThat(refreshed).isNotNull();
        assertThat(knows(get(refreshed), "a")).isTrue();
    }

    @Test
    void shouldApplyChangedSettingsAtOnce() throws Exception {
        fake.accounts("db1", users("a", "root"));
        Service service = services.add(settings(all(false), "db1"));
        AccountRoom room = room(service);
        assertThat(knows(get(room.ready()), "root")).isFalse();
        fake.failConnects("db1", LOST);
        services.modify(settings(new AccountSettings("max", "pw", false, true, true, true, true, true, 0), "db1"));
        room.settingsChanged();
        assertThat(knows(room.current(), "root")).isTrue();
    }

    @Test
    void shouldNotGoBackToSettingsWithWhichALoadBegan() throws Exception {
        CompletableFuture<AccountSet> slow = new CompletableFuture<>();
        fake.accounts("db1", slow);
        AccountSettings without = all(false);
        Service service = services.add(settings(without, "db1"));
        AccountRoom room = room(service);
        var loading = room.reload();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (slow.getNumberOfDependents() == 0) {
            assertThat(System.nanoTime()).as("the load has not begun").isLessThan(deadline);
            Thread.onSpinWait();
        }
        services.modify(settings(rooted(), "db1"));
        room.settingsChanged();
        // The next load does not end.
        fake.accounts("db1", new CompletableFuture<>());
        slow.complete(users("root", "a"));
        loading.toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(room.match("root", "10.0.0.1")).isNotNull();
    }

    private static AccountSettings rooted() {
        return new AccountSettings("max", "pw", false, true, true, true, true, true, 0);
    }

    private AccountRoom roomWithNamedHost() throws Exception {
        fake.accounts(
                "db1", new AccountSet(List.of(new Account("a", "%.example.com", "", "", true, Set.of())), Set.of()));
        AccountRoom room = room(settings(all(false), "db1"));
        get(room.ready());
        return room;
    }

    @Test
    void shouldLookUpNameWhenAccountsNameHosts() throws Exception {
        AccountRoom room = roomWithNamedHost();
        assertThat(room.match("a", "10.0.0.1")).isNull();
        assertThat(room.hostAllowed("10.0.0.1")).isFalse();
        CompletionStage<?> named = room.refresh("a", "10.0.0.1");
        assertThat(named).isNotNull();
        get(named);
        assertThat(room.match("a", "10.0.0.1")).isNotNull();
        assertThat(room.hostAllowed("10.0.0.1")).isTrue();
        assertThat(lookUps).containsExactly("10.0.0.1");
        nanos.addAndGet(HostNames.KEEP.toNanos() + 1);
        assertThat(room.match("a", "10.0.0.1")).as("forgotten after a while").isNull();
    }

    @Test
    void shouldAskOnceForAddressWithoutName() throws Exception {
        AccountRoom room = roomWithNamedHost();
        CompletionStage<?> named = room.refresh("a", "10.0.0.2");
        assertThat(named).isNotNull();
        get(named);
        assertThat(room.match("a", "10.0.0.2")).isNull();
        assertThat(room.refresh("a", "10.0.0.2")).as("accounts are new enough").isNull();
        assertThat(lookUps).containsExactly("10.0.0.2");
    }

    @Test
    void shouldLoadAccountsWhileALookUpHangs() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        resolver = () -> {
            try {
                answer.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        AccountRoom room = roomWithNamedHost();
        CompletionStage<?> named = room.named("a", "10.0.0.1");
        assertThat(named).isNotNull();
        get(named);
        nanos.addAndGet(Duration.ofSeconds(31).toNanos());
        fake.accounts("db1", users("b"));
        get(room.refresh("a", "10.0.0.1"));
        assertThat(room.match("b", "10.0.0.1")).isNotNull();
        answer.countDown();
    }

    @Test
    void shouldNeverLookUpWhenTold() throws Exception {
        resolveNames = false;
        assertThat(roomWithNamedHost().refresh("a", "10.0.0.1")).isNull();
        assertThat(lookUps).isEmpty();
    }

    /** As at a server the narrowest host counts, whether its name happens to be known or not. */
    @Test
    void shouldFindTheNameOutBeforeAWiderAccountIsTaken() throws Exception {
        fake.accounts(
                "db1",
                new AccountSet(
                        List.of(
                                new Account("a", "%", "", "wide", true, Set.of()),
                                new Account("a", "%.example.com", "", "narrow", true, Set.of()),
                                new Account("b", "%", "", "", true, Set.of())),
                        Set.of()));
        AccountRoom room = room(settings(all(false), "db1"));
        get(room.ready());
        assertThat(room.named("b", "10.0.0.1"))
                .as("nothing depends on the name")
                .isNull();
        CompletionStage<?> named = room.named("a", "10.0.0.1");
        assertThat(named).isNotNull();
        get(named);
        assertThat(room.match("a", "10.0.0.1").authentication()).isEqualTo("narrow");
        assertThat(room.named("a", "10.0.0.1")).as("it is known").isNull();
        resolveNames = false;
        assertThat(room.named("a", "10.0.0.2")).isNull();
    }

    @Test
    void shouldTakeAnAddressWhoseLookUpBreaksForOneWithoutName() throws Exception {
        AccountRoom room = roomWithNamedHost();
        CompletionStage<?> named = room.named("a", "10.0.0.66");
        assertThat(named).isNotNull();
        get(named);
        assertThat(room.named("a", "10.0.0.66")).as("settled").isNull();
    }
}
