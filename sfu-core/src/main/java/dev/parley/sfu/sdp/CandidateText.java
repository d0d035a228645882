package dev.parley.sfu.sdp;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The value of `a=candidate` to a `Candidate` and back, RFC 8839 section 5.1 and RFC 6544 section 4.5:
/// `foundation component protocol priority address port typ type [tcptype type] [name value]…`
final class CandidateText {
    private static final int FIXED_WORDS = 8;
    private static final long PRIORITY_MAX = 0xffff_ffffL;

    private CandidateText() {}

    static @Nullable Candidate parse(String text) {
        List<String> words = SdpText.words(text);
        if (words.size() < FIXED_WORDS || !words.get(6).equals("typ")) {
            return null;
        }
        int component = (int) SdpText.number(words.get(1), 256);
        long priority = SdpText.number(words.get(3), PRIORITY_MAX);
        int port = (int) SdpText.number(words.get(5), 65_535);
        if (component < 0 || priority < 0 || port < 0) {
            return null;
        }
        String protocol = words.get(2).toLowerCase(Locale.ROOT);
        String tcpType = named(words, "tcptype");
        return new Candidate(
                words.getFirst(), component, protocol, priority, words.get(4), port, words.get(7), tcpType);
    }

    static String write(Candidate candidate) {
        String fixed = candidate.foundation() + " " + candidate.component() + " " + candidate.protocol() + " "
                + candidate.priority() + " " + candidate.address() + " " + candidate.port() + " typ "
                + candidate.type();
        return candidate.tcpType() == null ? fixed : fixed + " tcptype " + candidate.tcpType();
    }

    private static @Nullable String named(List<String> words, String name) {
        for (int i = FIXED_WORDS; i + 1 < words.size(); i += 2) {
            if (words.get(i).equals(name)) {
                return words.get(i + 1);
            }
        }
        return null;
    }
}
