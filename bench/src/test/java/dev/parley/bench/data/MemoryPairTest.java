package dev.parley.bench.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.sctp.packet.Payload;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryPairTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "100, 1000", "16384, 200", "262144, 20"})
    void carriesEachMessage(int bytes, int count) {
        MemoryPair pair = new MemoryPair();
        pair.transfer(Payload.of(new byte[bytes]), count);
        assertThat(pair.received()).isEqualTo(count);
        pair.transfer(Payload.of(new byte[bytes]), 1);
        assertThat(pair.received()).isEqualTo(count + 1L);
    }
}
