package dev.parley.sfu.sctp.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.WireWriter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PayloadTest {
    @Test
    void anyPieceIsThatOfBothPartsTogether() {
        Fuzz.random(5_000, random -> {
            byte[] shared = new byte[random.nextInt(20)];
            byte[] own = new byte[random.nextInt(20)];
            random.nextBytes(shared);
            random.nextBytes(own);
            byte[] whole = Arrays.copyOf(shared, shared.length + own.length);
            System.arraycopy(own, 0, whole, shared.length, own.length);
            int from = random.nextInt(whole.length + 1);
            int count = random.nextInt(whole.length - from + 1);
            byte[] written = new byte[count];
            new Payload(shared, own).write(WireWriter.of(written), from, count);
            assertThat(written).isEqualTo(Arrays.copyOfRange(whole, from, from + count));
        });
    }
}
