package dev.parley.sfu.session;

import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Rng;
import java.util.List;

/// Answers offers of our own page's shape until that is compiled code: the first answer of a process takes a hundred
/// times as long as a later one, and while a loop makes it, nobody's media goes on.
public final class NegotiationWarmUp {
    private static final int ROUNDS = 40;

    private NegotiationWarmUp() {}

    public static void run(Limits limits) {
        NegotiatorConfig config = new NegotiatorConfig(
                List.of("sha-256 " + "00:".repeat(31) + "00"),
                () -> new LocalIce("warm", "warmwarmwarmwarmwarmwarm"),
                List::of,
                Rng.seeded(1),
                "warm",
                limits,
                AnswerPolicy.defaults());
        String offer = pageOffer(config);
        for (int i = 0; i < ROUNDS; i++) {
            new Negotiator(config).accept(offer, List.of());
        }
    }

    /// The first offer of a page: four senders, and the whole pool of slots.
    public static String pageOffer(NegotiatorConfig config) {
        Offerer offerer = new Offerer(config, OfferDialect.chromium());
        offerer.add(OfferBuilder.page(config.limits()).take());
        return offerer.propose().offer();
    }
}
