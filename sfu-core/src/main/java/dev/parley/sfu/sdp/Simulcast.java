package dev.parley.sfu.sdp;

import java.util.List;

/// `a=simulcast:send q;h;f recv x`, RFC 8853: the RIDs of each direction in the order given. Of alternatives
/// (`q,r`) only the first is kept, and whether a stream starts paused (`~q`) is not: whoever sends nothing is paused.
public record Simulcast(List<String> send, List<String> receive) {
    public static final Simulcast NONE = new Simulcast(List.of(), List.of());

    public Simulcast {
        send = List.copyOf(send);
        receive = List.copyOf(receive);
    }

    public boolean isEmpty() {
        return send.isEmpty() && receive.isEmpty();
    }
}
