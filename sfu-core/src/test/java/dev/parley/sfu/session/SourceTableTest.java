package dev.parley.sfu.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SourceTableTest {
    private final Publication publication =
            PublisherRig.chromium().publications.all().getFirst();

    private SourceTable.Source source() {
        return new SourceTable.Source(publication, 0, false);
    }

    @Test
    void whoeverIsFirstHasAnSsrc() {
        SourceTable table = new SourceTable(4);
        SourceTable.Source first = source();
        assertThat(table.add(7, first)).isTrue();
        assertThat(table.add(7, source())).isFalse();
        assertThat(table.get(7)).isSameAs(first);
        assertThat(table.get(8)).isNull();
    }

    @Test
    void takesNotMoreThanItsLimit() {
        SourceTable table = new SourceTable(64);
        for (int i = 0; i < 64; i++) {
            assertThat(table.full()).isFalse();
            assertThat(table.add(i << 16, source())).isTrue();
        }
        assertThat(table.full()).isTrue();
        assertThat(table.add(999, source())).isFalse();
        assertThat(table.get(999)).as("the search ends in a full table").isNull();
        assertThat(table.get(63 << 16)).isNotNull();
    }

    @Test
    void behavesAsAMapWhateverTheNumbers() {
        Fuzz.random(500, random -> {
            SourceTable table = new SourceTable(64);
            Map<Integer, SourceTable.Source> map = new HashMap<>();
            int spread = 1 << random.nextInt(1, 32);
            for (int i = 0; i < 200; i++) {
                int ssrc = random.nextInt() & spread - 1;
                SourceTable.Source source = source();
                boolean added = map.size() < 64 && map.putIfAbsent(ssrc, source) == null;
                assertThat(table.add(ssrc, source)).isEqualTo(added);
                int asked = random.nextInt() & spread - 1;
                assertThat(table.get(asked)).isSameAs(map.get(asked));
            }
        });
    }
}
