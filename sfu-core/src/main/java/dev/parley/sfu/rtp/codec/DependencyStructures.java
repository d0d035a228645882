package dev.parley.sfu.rtp.codec;

import dev.parley.sfu.base.Packet;
import org.jspecify.annotations.Nullable;

/// The structures that one encoding has brought, each good from its packet on until the next one's: two are
/// remembered, so that packets which were overtaken by a key frame are still understood. One thread at a time.
public final class DependencyStructures {
    private @Nullable DependencyStructure newest;
    private @Nullable DependencyStructure former;
    private long since;

    /// Fills `descriptor` with the value of the packet with this index, and remembers the structure that it
    /// brings.
    ///
    /// @return false when it is malformed or names what no structure here has
    public boolean read(DependencyDescriptor descriptor, Packet p, int at, int length, long seqIndex) {
        DependencyStructure known = newest == null || seqIndex >= since ? newest : former;
        if (!descriptor.parse(p, at, length, known)) {
            return false;
        }
        if (descriptor.hasNewStructure() && (newest == null || seqIndex > since)) {
            former = newest;
            newest = descriptor.structure();
            since = seqIndex;
        }
        return true;
    }
}
