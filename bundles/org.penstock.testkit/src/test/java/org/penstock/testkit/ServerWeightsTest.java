package org.penstock.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.penstock.testkit.FakeServer.running;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.penstock.api.server.ServerWeights;

class ServerWeightsTest {
    @Test
    void shouldWeightNothingWhenNoServerHasTheParameter() {
        FakeServer server = running("a");
        ServerWeights weights = ServerWeights.of("weight", List.of(server));
        assertThat(weights.of(server)).isEqualTo(1000);
        assertThat(weights.warnings()).hasSize(2);
        assertThat(weights.warnings().get(1)).contains("sum up to 0");
    }

    @Test
    void shouldWarnWhenOneServerHasNoParameter() {
        FakeServer one = running("one").parameter("weight", "4");
        FakeServer other = running("other");
        ServerWeights weights = ServerWeights.of("weight", List.of(one, other));
        assertThat(weights.of(one)).isEqualTo(1000);
        assertThat(weights.of(other)).isEqualTo(1000);
        assertThat(weights.warnings()).singleElement().asString().contains("'other' has no parameter weight");
    }

    @Test
    void shouldWarnWhenValueIsNoNumberOrTooLarge() {
        FakeServer bad = running("bad").parameter("weight", "many");
        FakeServer huge = running("huge").parameter("weight", "99999999999");
        FakeServer good = running("good").parameter("weight", "1");
        ServerWeights weights = ServerWeights.of("weight", List.of(bad, huge, good));
        assertThat(weights.warnings()).hasSize(2).allMatch(text -> text.contains("expected 0 to 2147483647"));
        assertThat(weights.of(huge)).isEqualTo(1000);
    }

    @Test
    void shouldIgnoreWeightsWhenTheirSumIsTooLarge() {
        FakeServer a = running("a").parameter("weight", "2147483647");
        FakeServer b = running("b").parameter("weight", "1");
        ServerWeights weights = ServerWeights.of("weight", List.of(a, b));
        assertThat(weights.of(b)).isEqualTo(1000);
        assertThat(weights.warnings()).singleElement().asString().contains("all servers weigh the same");
    }

    @Test
    void shouldWarnWhenShareRoundsDownToZero() {
        FakeServer a = running("a").parameter("weight", "10000");
        FakeServer b = running("b").parameter("weight", "1");
        ServerWeights weights = ServerWeights.of("weight", List.of(a, b));
        assertThat(weights.of(b)).isZero();
        assertThat(weights.warnings()).singleElement().asString().contains("share 0");
    }

    @Test
    void shouldBeFullWithoutParameterName() {
        assertThat(ServerWeights.of("", List.of(running("a"))).of(running("a"))).isEqualTo(1000);
    }
}
