package org.penstock.benchmarks.macro.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StacksTest {
    private final Stacks stacks = Stacks.parse(List.of(
            "[penstock-loop-1-1 tid=7];java/lang/Thread.run_[j];org/penstock/A.a_[i];send_[k] 30",
            "[penstock-loop-1-2 tid=8];java/lang/Thread.run_[j];org/penstock/A.a_[j];org/penstock/A.a_[i] 10",
            "[C2 CompilerThread0 tid=9];Compile::Optimize 60"));

    @Test
    void shouldTellKindsOfThreadsApart() {
        assertThat(stacks.threads().lines()).containsExactly(" 60.00 %  JIT compilers", " 40.00 %  event loops");
    }

    @Test
    void shouldShareOutTheLoopsSamples() {
        assertThat(stacks.leaves(9).lines()).containsExactly(" 75.00 %  send_[k]", " 25.00 %  org/penstock/A.a");
        assertThat(stacks.inclusive(frame -> frame.startsWith("org/"), 9).lines())
                .containsExactly("100.00 %  org/penstock/A.a");
        assertThat(stacks.sites(frame -> frame.startsWith("org/"), 1).lines())
                .containsExactly(" 75.00 %  send_[k] in org/penstock/A.a");
    }
}
