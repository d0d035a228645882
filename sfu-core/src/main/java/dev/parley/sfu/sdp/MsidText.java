package dev.parley.sfu.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `stream track` to an `Msid` and back.
final class MsidText {
    private MsidText() {}

    static @Nullable Msid parse(String text) {
        List<String> words = SdpText.words(text);
        return switch (words.size()) {
            case 1 -> new Msid(words.getFirst(), "");
            case 2 -> new Msid(words.getFirst(), words.get(1));
            default -> null;
        };
    }

    static String write(Msid msid) {
        return msid.track().isEmpty() ? msid.stream() : msid.stream() + " " + msid.track();
    }
}
