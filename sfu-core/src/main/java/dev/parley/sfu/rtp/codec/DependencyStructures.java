package dev.parley.sfu.rtp.codec;

import dev.parley.sfu.base.Packet;
import org.jspecify.annotations.Nullable;

/// The structures that one encoding has brought, each good from its packet on until the next one's: two are
/// remembered, so that packets which were overtaken by a key frame are still understood. Beside them which decode
/// targets of the newest are sent: any packet may say so, and it holds until another does. One thread at a time.
public final class DependencyStructures {
    private @Nullable DependencyStructure newest;
    private @Nullable DependencyStructure former;
    private long since;
    private long activeTargets = DependencyDescriptor.NONE;
    private long activeSince;

    /// Fills `descriptor` with the value of the packet with this index, and remembers the structure that it
    /// brings.
    ///
    /// @return false when it is malformed or names what no structure here has
    public boolean read(DependencyDescriptor descriptor, Packet p, int at, int length, long seqIndex) {
        DependencyStructure known = newest == null || seqIndex >= since ? newest : former;
        if (!descriptor.parse(p, at, length, known)) {
            return false;
        }
        DependencyStructure current = newest;
        if (descriptor.hasNewStructure() && (current == null || seqIndex > since)) {
            former = current;
            newest = descriptor.structure();
            since = seqIndex;
            activated(descriptor, seqIndex);
        } else if (current != null && descriptor.hasNewStructure() && seqIndex == since) {
            descriptor.known(current); // the same packet again
        } else if (descriptor.structure() == current && seqIndex > activeSince) {
            activated(descriptor, seqIndex);
        }
        return true;
    }

    private void activated(DependencyDescriptor descriptor, long seqIndex) {
        if (descriptor.activeDecodeTargets() != DependencyDescriptor.NONE) {
            activeTargets = descriptor.activeDecodeTargets();
            activeSince = seqIndex;
        }
    }

    /// Bit d is set when decode target d of the newest structure is sent; all are before the first.
    public long activeTargets() {
        return activeTargets;
    }
}
