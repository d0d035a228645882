package dev.parley.sfu.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Timed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopTimersTest {
    private final List<Object> log = new ArrayList<>();
    private final LoopTimers timers = new LoopTimers((timed, fault) -> log.add(fault.getMessage()));

    private class Clockwork extends Timed {
        final String name;
        long nextNs;
        long periodNs = Deadlines.NEVER;

        Clockwork(String name, long nextNs) {
            this.name = name;
            this.nextNs = nextNs;
        }

        @Override
        public long nextTimeNs() {
            return nextNs;
        }

        @Override
        public void onTime(long nowNs) {
            log.add(name + "@" + nowNs);
            nextNs = periodNs == Deadlines.NEVER ? Deadlines.NEVER : nowNs + periodNs;
        }
    }

    @Test
    void callsInTheOrderOfDeadlinesWhatIsDue() {
        touch(new Clockwork("late", 30), new Clockwork("early", 10), new Clockwork("later", 40));
        assertThat(timers.nextNs()).isEqualTo(10);
        timers.runDue(30);
        assertThat(log).containsExactly("early@30", "late@30");
        assertThat(timers.nextNs()).isEqualTo(40);
        timers.runDue(40);
        assertThat(timers.nextNs()).isEqualTo(Deadlines.NEVER);
        assertThat(timers.size()).isZero();
    }

    @Test
    void asksAgainWhenTouched() {
        Clockwork moving = new Clockwork("moving", 100);
        touch(moving);
        moving.nextNs = 50;
        assertThat(timers.nextNs()).as("not asked yet").isEqualTo(100);
        touch(moving, moving);
        assertThat(timers.nextNs()).isEqualTo(50);
        moving.nextNs = Deadlines.NEVER;
        touch(moving);
        assertThat(timers.size()).isZero();
    }

    @Test
    void whoAsksForThePastIsCalledOnceATurn() {
        Clockwork eager = new Clockwork("eager", 0);
        eager.periodNs = -5;
        touch(eager);
        timers.runDue(1_000);
        assertThat(log).hasSize(1);
        assertThat(timers.nextNs()).isGreaterThan(1_000).isLessThan(1_000_000);
    }

    @Test
    void whoIsForgottenWhileItRunsStaysForgotten() {
        Clockwork leaving = new Clockwork("leaving", 10) {
            @Override
            public void onTime(long nowNs) {
                log.add("leaves");
                timers.forget(this);
            }
        };
        leaving.nextNs = 10;
        touch(leaving);
        timers.runDue(10);
        timers.settle();
        timers.runDue(1_000);
        assertThat(log).containsExactly("leaves");
        assertThat(timers.size()).isZero();
    }

    @Test
    void whoThrowsIsForgottenAndTheOthersAreCalled() {
        Clockwork broken = new Clockwork("broken", 10) {
            @Override
            public void onTime(long nowNs) {
                throw new IllegalStateException("boom");
            }
        };
        Clockwork lost = new Clockwork("lost", 10) {
            @Override
            public long nextTimeNs() {
                throw new IllegalStateException("when?");
            }
        };
        touch(broken, lost, new Clockwork("fine", 20));
        timers.runDue(20);
        assertThat(log).containsExactly("when?", "boom", "fine@20");
        timers.runDue(1_000);
        assertThat(log).hasSize(3);
    }

    private void touch(Clockwork... all) {
        for (Clockwork timed : all) {
            timers.touched(timed);
        }
        timers.settle();
    }
}
