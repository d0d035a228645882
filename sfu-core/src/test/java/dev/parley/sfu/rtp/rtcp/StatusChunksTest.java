package dev.parley.sfu.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.Packets;
import org.junit.jupiter.api.Test;

final class StatusChunksTest {
    private final Packet out = Packets.of(new byte[0]);

    private String chunks(String statuses) {
        byte[] values = new byte[statuses.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (statuses.charAt(i) - '0');
        }
        out.length(StatusChunks.write(out, 0, values, values.length));
        return Packets.hex(out);
    }

    @Test
    void choosesTheShortestFormThatHolds() {
        assertThat(chunks("1")).isEqualTo("2001");
        assertThat(chunks("0".repeat(100))).isEqualTo("0064");
        assertThat(chunks("2".repeat(20))).isEqualTo("4014");
        assertThat(chunks("01".repeat(7))).isEqualTo("9555");
        assertThat(chunks("0210")).isEqualTo("c900");
        assertThat(chunks("1".repeat(9) + "2")).as("a run beats two vectors").isEqualTo("20094001");
    }

    @Test
    void neverTakesMoreThanItsBound() {
        Fuzz.random(20_000, random -> {
            StringBuilder statuses = new StringBuilder();
            while (statuses.length() < 60) {
                statuses.append(Integer.toString(random.nextInt(3)).repeat(1 + random.nextInt(random.nextInt(20) + 1)));
            }
            assertThat(chunks(statuses.toString()).length() / 2)
                    .isLessThanOrEqualTo(StatusChunks.bytesMax(statuses.length()));
        });
    }
}
