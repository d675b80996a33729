package org.penstock.core.session.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.penstock.api.error.SqlError;
import org.penstock.wire.ByteSource;

class PreparedStatementsTest {
    private final PreparedStatements prepared = new PreparedStatements();

    @Test
    void shouldFindWhatIsThereAndNothingElse() {
        Random random = new Random(7);
        Map<Integer, PreparedStatement> model = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(5) < 3 && model.size() < 500) {
                PreparedStatement made = prepared.prepare(i, new byte[2]);
                assertThat(model.put(made.id(), made)).isNull();
            } else if (!model.isEmpty()) {
                Integer id = model.keySet().stream()
                        .skip(random.nextInt(model.size()))
                        .findFirst()
                        .orElseThrow();
                prepared.close(model.remove(id));
            }
            int id = random.nextInt(3000);
            assertThat(prepared.get(id)).isSameAs(model.get(id));
        }
        assertThat(prepared.count()).isEqualTo(model.size());
        assertThat(prepared.values()).containsExactlyInAnyOrderElementsOf(model.values());
    }

    @Test
    void shouldKnowTheLastOne() {
        assertThat(prepared.get(PreparedStatements.LAST)).isNull();
        PreparedStatement first = prepared.prepare(1, new byte[1]);
        PreparedStatement second = prepared.prepare(2, new byte[1]);
        assertThat(prepared.get(PreparedStatements.LAST)).isSameAs(second);
        prepared.close(first);
        assertThat(prepared.get(PreparedStatements.LAST)).isSameAs(second);
        prepared.close(second);
        assertThat(prepared.get(PreparedStatements.LAST)).isNull();
    }

    @Test
    void shouldForgetThoseFromBeforeAReset() {
        PreparedStatement before = prepared.prepare(1, new byte[1]);
        PreparedStatement behind = prepared.prepare(3, new byte[1]);
        prepared.clear(2);
        assertThat(prepared.get(before.id())).isNull();
        assertThat(before.closed()).isTrue();
        assertThat(prepared.get(behind.id())).isSameAs(behind);
    }

    @Test
    void shouldRefuseTooMany() {
        for (int i = 0; i < PreparedStatements.MAX_STATEMENTS; i++) {
            assertThat(prepared.refusal(10)).isNull();
            prepared.prepare(i, new byte[10]);
        }
        SqlError refusal = prepared.refusal(10);
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(1461);
        assertThat(refusal.message()).contains("(current value: 16382)");
        prepared.close(prepared.values()[0]);
        assertThat(prepared.refusal(10)).isNull();
    }

    @Test
    void shouldRefuseTooLongTexts() {
        prepared.prepare(1, new byte[PreparedStatements.MAX_BYTES - 10]);
        assertThat(prepared.refusal(10)).isNull();
        assertThat(prepared.refusal(11)).isNotNull();
    }

    @Test
    void shouldKnowWhichServerHasWhichTypes() {
        PreparedStatement statement = prepared.prepare(1, new byte[1]);
        statement.asked("a");
        statement.asked("b");
        assertThat(statement.hasTypes("a")).isTrue();
        statement.types(new byte[] {3, 0}, "a");
        assertThat(statement.hasTypes("a")).isTrue();
        assertThat(statement.hasTypes("b")).isFalse();
        statement.typesKnown("b");
        assertThat(statement.hasTypes("b")).isTrue();
        statement.types(new byte[] {8, 0}, "b");
        assertThat(statement.hasTypes("a")).isFalse();
        statement.types(new byte[] {8, 0}, "a");
        assertThat(statement.hasTypes("b")).as("the same types").isTrue();
    }

    @Test
    void shouldBeBoundWhileSomethingIsAtOneServerOnly() {
        PreparedStatement statement = prepared.prepare(1, new byte[1]);
        statement.longData("a");
        assertThat(statement.boundTo()).isEqualTo("a");
        statement.executed("a", true);
        statement.cursor(true);
        assertThat(statement.boundTo()).isEqualTo("a");
        statement.cursor(false);
        assertThat(statement.boundTo()).isNull();
        statement.longData("b");
        statement.cursor(false);
        assertThat(statement.boundTo()).as("the long data").isEqualTo("b");
        statement.reset();
        assertThat(statement.boundTo()).isNull();
        statement.longData("b");
        statement.executed("b", false);
        assertThat(statement.boundTo()).isNull();
    }

    @Test
    void shouldTellApartWhatServersDescribed() {
        PreparedStatement statement = prepared.prepare(1, new byte[1]);
        statement.asked("a");
        statement.asked("b");
        statement.describes("a", new byte[] {1});
        statement.given("a");
        statement.describes("b", new byte[] {1});
        assertThat(statement.givenBy("b")).isTrue();
        statement.describes("b", new byte[] {2});
        assertThat(statement.givenBy("b")).isFalse();
        statement.given("b");
        assertThat(statement.givenBy("a")).isFalse();
        assertThat(statement.description("a")).containsExactly(1);
    }

    @Test
    void shouldPlaceTypesAtEveryNumberOfParameters() {
        for (int parameters = 1; parameters < 40; parameters++) {
            byte[] types = new byte[2 * parameters];
            new Random(parameters).nextBytes(types);
            int bitmap = (parameters + 7) / 8;
            byte[] bare = new byte[10 + bitmap + 1 + 5];
            bare[0] = 0x17;
            bare[bare.length - 1] = 99;
            byte[] typed = Parameters.insert(bare, parameters, types);
            ByteSource source = ByteSource.of(typed);
            assertThat(Parameters.follow(0x17, parameters, ByteSource.of(bare), 0))
                    .isFalse();
            assertThat(Parameters.follow(0x17, parameters, source, 0)).isTrue();
            assertThat(Parameters.types(0x17, parameters, source, 0)).isEqualTo(types);
            assertThat(Parameters.same(types, 0x17, parameters, source, 0)).isTrue();
            assertThat(typed).hasSize(bare.length + types.length).endsWith(0, 0, 0, 0, 99);
            assertThat(Parameters.need(0x17, parameters, source, 0, typed.length))
                    .isEqualTo(Parameters.typesAt(0x17, parameters) + types.length);
            byte[] bulk = {(byte) 0xFA, 1, 0, 0, 0, 0x40, 0, 77};
            byte[] typedBulk = Parameters.insert(bulk, parameters, types);
            assertThat(typedBulk[5] & 0xFF).isEqualTo(0xC0);
            assertThat(Parameters.types(0xFA, parameters, ByteSource.of(typedBulk), 0))
                    .isEqualTo(types);
            assertThat(typedBulk[typedBulk.length - 1]).isEqualTo((byte) 77);
        }
    }
}
