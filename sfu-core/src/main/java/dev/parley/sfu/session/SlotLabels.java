package dev.parley.sfu.session;

import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.sdp.Msid;
import java.util.HashMap;
import java.util.Map;

/// The `a=msid` of receive slots. Both halves of a slot share a stream, which is what makes a browser keep lips and
/// voice together; an adapter may label a section with ids of its own.
final class SlotLabels {
    private record Half(MediaKind kind, int slot) {}

    private final Map<Half, Msid> labels = new HashMap<>();

    void set(MediaKind kind, int slot, Msid label) {
        labels.put(new Half(kind, slot), label);
    }

    void clear(MediaKind kind, int slot) {
        labels.remove(new Half(kind, slot));
    }

    Msid of(MediaKind kind, int slot) {
        Msid label = labels.get(new Half(kind, slot));
        return label != null ? label : new Msid("slot-" + slot, "slot-" + slot + "-" + kind.sdpName());
    }
}
