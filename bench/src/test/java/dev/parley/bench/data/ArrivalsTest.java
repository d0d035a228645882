package dev.parley.bench.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final int BYTES = 100;
    private static final Numbered MESSAGES = Numbered.of(BYTES);

    private final Arrivals arrivals = new Arrivals(BYTES, 3);

    private static byte[] message(int number) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(MESSAGES.shared());
        whole.writeBytes(MESSAGES.number(number));
        return whole.toByteArray();
    }

    @Test
    void areWholeWhenEachHasComeWhateverTheirOrder() {
        long beforeNs = System.nanoTime();
        arrivals.came(message(2));
        arrivals.came(message(0));
        arrivals.came(message(1));
        assertThat(arrivals.await()).isBetween(beforeNs, System.nanoTime());
    }

    @Test
    void oneThatComesTwiceStandsForNoOther() {
        arrivals.came(message(0));
        arrivals.came(message(1));
        arrivals.came(message(1));
        assertThatThrownBy(arrivals::await).hasRootCauseMessage("message 1 came twice");
    }

    @Test
    void whatNobodySentIsNoticed() {
        arrivals.came(message(3));
        assertThatThrownBy(arrivals::await).rootCause().hasMessageContaining("number 3 that nobody sent");
    }

    @Test
    void whatWasCutIsNoticed() {
        arrivals.came(new byte[3]);
        assertThatThrownBy(arrivals::await).rootCause().hasMessageContaining("3 bytes");
    }

    @Test
    void anEndOfTheAssociationEndsTheWaiting() {
        arrivals.broken("slow_consumer");
        assertThatThrownBy(arrivals::await).hasRootCauseMessage("slow_consumer");
    }
}
