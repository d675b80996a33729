package org.penstock.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.penstock.api.command.Answer;
import org.penstock.api.command.Command;
import org.penstock.api.command.CommandInterest;
import org.penstock.api.command.PartVerdict;
import org.penstock.api.command.Payload;
import org.penstock.api.command.ReplyInterest;
import org.penstock.api.command.ReplyPart;
import org.penstock.api.command.Verdict;
import org.penstock.api.filter.FilterSession;

class FilterRigTest {
    private final FakeSession session = new FakeSession();
    private final List<ReplyPart.Kind> seen = new ArrayList<>();
    private CommandInterest interest = CommandInterest.complete(100);
    private Verdict verdict = Verdict.forward();
    private Function<ReplyPart, PartVerdict> onReply = part -> PartVerdict.pass();
    private Payload kept = FakePayload.of("");

    private final FilterRig rig = new FilterRig(context -> new Recorder(), new FakeModuleContext("recorder"), session);

    private final class Recorder implements FilterSession {
        @Override
        public CommandInterest interest() {
            return interest;
        }

        @Override
        public Verdict onCommand(Command command, Holds holds) {
            kept = command.payload();
            return verdict;
        }

        @Override
        public PartVerdict onReply(ReplyPart part) {
            seen.add(part.kind());
            return onReply.apply(part);
        }
    }

    @Test
    void shouldNotShowCommandsWhenInterestIsNothing() {
        interest = CommandInterest.NOTHING;

        assertThat(rig.query("SELECT 1").shown()).isFalse();
    }

    @Test
    void shouldFailWithPacketTooLargeBeyondCompleteCap() {
        interest = CommandInterest.complete(8);

        FilterRig.Exchange exchange = rig.query("SELECT 1");

        assertThat(exchange.shown()).isFalse();
        assertThat(exchange.verdict()).isInstanceOfSatisfying(Verdict.Fail.class, fail -> assertThat(
                        fail.error().code())
                .isEqualTo(1153));
    }

    @Test
    void shouldVoidViewsAfterTheCall() {
        rig.query("SELECT 1");

        assertThatThrownBy(() -> kept.at(0)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @EnumSource(ReplyInterest.Kind.class)
    void shouldShowThePartsOfTheInterest(ReplyInterest.Kind kind) {
        verdict = Verdict.forward(new ReplyInterest(kind, 1000, 1000));

        Delivery delivery = rig.query("SELECT 1", FakeReply.numbers(session, 2));

        assertThat(delivery.packets()).hasSize(5);
        assertThat(seen)
                .isEqualTo(
                        switch (kind) {
                            case NONE -> List.of();
                            case END -> List.of(ReplyPart.Kind.END);
                            case METADATA -> List.of(ReplyPart.Kind.HEADER, ReplyPart.Kind.COLUMN, ReplyPart.Kind.END);
                            case ROWS ->
                                List.of(
                                        ReplyPart.Kind.HEADER,
                                        ReplyPart.Kind.COLUMN,
                                        ReplyPart.Kind.ROW,
                                        ReplyPart.Kind.ROW,
                                        ReplyPart.Kind.ROWS_END,
                                        ReplyPart.Kind.END);
                            case COLLECT ->
                                List.of(ReplyPart.Kind.HEADER, ReplyPart.Kind.COLUMN, ReplyPart.Kind.COLLECTED);
                        });
    }

    @Test
    void shouldPutAnAnswerInPlaceOfACollectedReplyThatPassedItsBound() {
        verdict = Verdict.forward(ReplyInterest.collect(1000, 1));
        onReply =
                part -> part.kind() == ReplyPart.Kind.OVERFLOW ? PartVerdict.instead(Answer.ok()) : PartVerdict.pass();

        Delivery delivery = rig.query("SELECT 1", FakeReply.numbers(session, 2));

        assertThat(delivery.packets()).isEmpty();
        assertThat(delivery.answer()).isEqualTo(Answer.ok());
    }

    @Test
    void shouldPassAllOfACollectedReplyWhenOverflowIsPassed() {
        verdict = Verdict.forward(ReplyInterest.collect(1000, 1));

        assertThat(rig.query("SELECT 1", FakeReply.numbers(session, 3)).packets())
                .hasSize(6);
        assertThat(seen).endsWith(ReplyPart.Kind.OVERFLOW);
    }

    @Test
    void shouldRunTimersInOrderWhenTheClockAdvances() {
        List<String> ran = new ArrayList<>();
        session.after(Duration.ofSeconds(2), () -> ran.add("second"));
        session.after(Duration.ofSeconds(1), () -> ran.add("first"));
        session.after(Duration.ofSeconds(1), () -> ran.add("cancelled")).cancel();
        session.after(Duration.ofSeconds(9), () -> ran.add("late"));

        session.advance(Duration.ofSeconds(3));

        assertThat(ran).containsExactly("first", "second");
    }

    @Test
    void shouldRunBackgroundTasksWhenTold() {
        List<Object> outcome = new ArrayList<>();
        session.background(() -> 42, (result, failure) -> outcome.add(result));

        assertThat(outcome).isEmpty();
        assertThat(session.runBackground()).isEqualTo(1);
        assertThat(outcome).containsExactly(42);
    }

    @Test
    void shouldDecideAHoldOnce() {
        FakeHold<Verdict> hold = new FakeHold<>(Duration.ofSeconds(1), Verdict.forward());

        assertThat(hold.resume(Verdict.answer(Answer.ok()))).isTrue();
        assertThat(hold.resume(Verdict.forward())).isFalse();
        hold.timeOut();

        assertThat(hold.decision()).isEqualTo(Verdict.answer(Answer.ok()));
    }
}
