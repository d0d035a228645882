package dev.parley.sfu.sdp;

import java.util.List;
import java.util.Set;

/// `a=simulcast:send ~q;~h;f recv x`, RFC 8853: the RIDs of each direction in the order given, and which of them start
/// paused (`~`). Of alternatives (`q,r`) only the first is kept. An answer repeats the marks of its offer, because
/// Chromium switches every encoding on whose mark is missing there.
public record Simulcast(List<String> send, List<String> receive, Set<String> paused) {
    public static final Simulcast NONE = new Simulcast(List.of(), List.of(), Set.of());

    public Simulcast {
        send = List.copyOf(send);
        receive = List.copyOf(receive);
        paused = Set.copyOf(paused);
    }

    public boolean isEmpty() {
        return send.isEmpty() && receive.isEmpty();
    }
}
