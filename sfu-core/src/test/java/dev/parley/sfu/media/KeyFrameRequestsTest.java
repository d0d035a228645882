package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Deadlines;
import org.junit.jupiter.api.Test;

final class KeyFrameRequestsTest {
    private static final long INTERVAL_NS = 500;

    private final KeyFrameRequests requests = new KeyFrameRequests(INTERVAL_NS);

    @Test
    void nothingIsSentUnlessSomebodyWantsIt() {
        assertThat(requests.take(0)).isFalse();
        assertThat(requests.nextTimeNs()).isEqualTo(Deadlines.NEVER);
    }

    @Test
    void manyWishesAreOneRequest() {
        requests.want();
        requests.want();
        assertThat(requests.take(10)).isTrue();
        assertThat(requests.take(10)).isFalse();
    }

    @Test
    void aWishThatComesTooEarlyWaitsForItsTime() {
        requests.want();
        requests.take(10);
        requests.want();
        assertThat(requests.take(11)).isFalse();
        assertThat(requests.nextTimeNs()).isEqualTo(10 + INTERVAL_NS);
        assertThat(requests.take(10 + INTERVAL_NS)).isTrue();
    }

    @Test
    void aKeyFrameThatCameMeanwhileAnswersTheWish() {
        requests.want();
        requests.take(10);
        requests.want();
        requests.satisfied();
        assertThat(requests.take(10_000)).isFalse();
    }
}
