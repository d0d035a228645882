package dev.parley.sfu.sctp.rx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TsnRangesTest {
    @Test
    void holdsWhatASetOfNumbersHolds() {
        Fuzz.random(2_000, random -> {
            TsnRanges ranges = new TsnRanges(1_000);
            TreeSet<Long> set = new TreeSet<>();
            for (int i = 0; i < 60; i++) {
                long tsn = 100L + random.nextInt(40);
                assertThat(ranges.contains(tsn)).isEqualTo(set.contains(tsn));
                assertThat(ranges.add(tsn)).isTrue();
                set.add(tsn);
                if (random.nextInt(20) == 0) {
                    long to = 95L + random.nextInt(20);
                    long cumulative = ranges.advanceTo(to);
                    set.headSet(to, true).clear();
                    while (!set.isEmpty() && set.first() == to + 1) {
                        to++;
                        set.pollFirst();
                    }
                    assertThat(cumulative).isEqualTo(to);
                }
                assertThat(flat(ranges)).isEqualTo(set);
            }
        });
    }

    private static TreeSet<Long> flat(TsnRanges ranges) {
        TreeSet<Long> all = new TreeSet<>();
        for (int i = 0; i < ranges.count(); i++) {
            assertThat(ranges.first(i)).isLessThanOrEqualTo(ranges.last(i));
            assertThat(i == 0 || ranges.last(i - 1) + 1 < ranges.first(i)).isTrue();
            for (long tsn = ranges.first(i); tsn <= ranges.last(i); tsn++) {
                all.add(tsn);
            }
        }
        return all;
    }

    @Test
    void refusesOneRangeTooManyButExtendsThoseItHas() {
        TsnRanges ranges = new TsnRanges(2);
        assertThat(ranges.add(10)).isTrue();
        assertThat(ranges.add(20)).isTrue();
        assertThat(ranges.add(30)).isFalse();
        assertThat(ranges.add(21)).isTrue();
        assertThat(ranges.add(20)).isTrue();
        assertThat(ranges.count()).isEqualTo(2);
    }
}
