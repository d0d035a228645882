package dev.parley.sfu.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Rng;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NegotiationWarmUpTest {
    @Test
    void whatItWarmsUpWithIsTakenWhole() {
        NegotiatorConfig config = new NegotiatorConfig(
                List.of("sha-256 AB:CD"),
                () -> new LocalIce("abcd", "0123456789abcdefghijkl"),
                List::of,
                Rng.seeded(1),
                "cname",
                Limits.defaults(),
                AnswerPolicy.defaults());
        Negotiation answer = new Negotiator(config).accept(NegotiationWarmUp.pageOffer(config), List.of());
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Negotiation.Accepted.class,
                        accepted -> assertThat(accepted.negotiated().sections()).hasSize(35));
    }
}
