package dev.parley.sfu.rtp.codec;

import dev.parley.sfu.base.Packet;
import org.jspecify.annotations.Nullable;

/// The dependency descriptor of one packet, AV1 RTP payload specification appendix A: which frame and layer it
/// belongs to and who needs it. Made once and filled anew for each packet; allocates only for a packet that
/// brings a structure, which key frames do; one thread at a time.
///
///     |S|E| template id 6 |         frame number 16       |         always
///     |T|A|I|F|C| structure when T | active targets when A |         when longer than 3 bytes
///     | indications 2 each when I | frame differences when F | chain differences 8 each when C |
public final class DependencyDescriptor {
    /// Decode target indications, A.2.
    public static final int NOT_PRESENT = 0;

    public static final int DISCARDABLE = 1;
    public static final int SWITCH = 2;
    public static final int REQUIRED = 3;

    /// The packet has no such field.
    public static final int NONE = -1;

    /// The fields that each has.
    public static final int BYTES_MIN = 3;

    /// What a header extension can hold.
    static final int BITS_MAX = 255 * 8;

    /// Frames that one frame may say it needs; encoders have eight buffers.
    private static final int DIFFERENCES_MAX = 16;

    private final BitReader reader = new BitReader();
    private final byte[] ownIndications = new byte[DependencyStructure.DECODE_TARGETS_MAX];
    private final short[] ownDifferences = new short[DIFFERENCES_MAX];
    private final short[] ownChainDifferences = new short[DependencyStructure.DECODE_TARGETS_MAX];
    private boolean hasOwnIndications;
    private boolean hasOwnDifferences;
    private boolean hasOwnChainDifferences;
    private int differences;
    private boolean startOfFrame;
    private boolean endOfFrame;
    private int frameNumber;
    private int template;
    private boolean newStructure;
    private long activeDecodeTargets;
    private @Nullable DependencyStructure structure;

    /// Reads the extension's value.
    ///
    /// @param known what the last key frame brought, if it came
    /// @return false when the value is cut off or names a template that its structure does not have. Without any
    ///     structure only the first three bytes are read.
    public boolean parse(Packet p, int at, int length, @Nullable DependencyStructure known) {
        hasOwnIndications = false;
        hasOwnDifferences = false;
        hasOwnChainDifferences = false;
        newStructure = false;
        template = NONE;
        activeDecodeTargets = NONE;
        structure = known;
        if (length < BYTES_MIN || length * 8 > BITS_MAX) {
            return false;
        }
        int first = p.u8(at);
        startOfFrame = (first & 0x80) != 0;
        endOfFrame = (first & 0x40) != 0;
        frameNumber = p.u16(at + 1);
        reader.begin(p, at + BYTES_MIN, length - BYTES_MIN);
        if (length > BYTES_MIN && !extended(reader)) {
            return false;
        }
        DependencyStructure current = structure;
        if (current == null) {
            return true;
        }
        template = current.template(first & 0x3f);
        return template >= 0 && own(current);
    }

    private boolean extended(BitReader r) {
        newStructure = r.flag();
        boolean activePresent = r.flag();
        hasOwnIndications = r.flag();
        hasOwnDifferences = r.flag();
        hasOwnChainDifferences = r.flag();
        if (newStructure) {
            structure = DependencyStructure.read(r);
        }
        DependencyStructure current = structure;
        if (current == null) {
            return !newStructure;
        }
        if (newStructure) {
            activeDecodeTargets = (1L << current.decodeTargets()) - 1;
        }
        if (activePresent) {
            activeDecodeTargets = r.bits(current.decodeTargets()) & 0xffff_ffffL;
        }
        return !r.overrun();
    }

    /// What the frame says itself instead of its template.
    private boolean own(DependencyStructure current) {
        differences = hasOwnDifferences ? 0 : current.differences(template);
        if (hasOwnIndications) {
            for (int i = 0; i < current.decodeTargets(); i++) {
                ownIndications[i] = (byte) reader.bits(2);
            }
        }
        if (hasOwnDifferences && !ownDifferences()) {
            return false;
        }
        if (hasOwnChainDifferences) {
            for (int i = 0; i < current.chains(); i++) {
                ownChainDifferences[i] = (short) reader.bits(8);
            }
        }
        return !reader.overrun();
    }

    /// A.8.2 `frame_fdiffs`: two bits say how many times four bits follow, 0 ends.
    private boolean ownDifferences() {
        for (int size = reader.bits(2); size != 0; size = reader.bits(2)) {
            int difference = reader.bits(4 * size) + 1;
            if (differences == DIFFERENCES_MAX) {
                return false;
            }
            ownDifferences[differences++] = (short) difference;
        }
        return true;
    }

    public boolean startOfFrame() {
        return startOfFrame;
    }

    public boolean endOfFrame() {
        return endOfFrame;
    }

    /// 16 bits, one more for each frame.
    public int frameNumber() {
        return frameNumber;
    }

    /// True when this packet brought `structure`; to be kept for the packets that follow.
    public boolean hasNewStructure() {
        return newStructure;
    }

    /// The new structure or the known one; null when neither is there.
    public @Nullable DependencyStructure structure() {
        return structure;
    }

    /// The structure that this packet brought was read before.
    void known(DependencyStructure same) {
        structure = same;
    }

    /// Bit d is set when decode target d is sent; `NONE` when the packet does not say.
    public long activeDecodeTargets() {
        return activeDecodeTargets;
    }

    /// `NONE` without a structure.
    public int spatialLayer() {
        return structure == null || template < 0 ? NONE : structure.spatialId(template);
    }

    /// `NONE` without a structure.
    public int temporalLayer() {
        return structure == null || template < 0 ? NONE : structure.temporalId(template);
    }

    /// What the frame is to a decode target: `NOT_PRESENT`, `DISCARDABLE`, `SWITCH` or `REQUIRED`; `REQUIRED` for
    /// all without a structure.
    public int indication(int decodeTarget) {
        if (structure == null || template < 0) {
            return REQUIRED;
        }
        return hasOwnIndications ? ownIndications[decodeTarget] : structure.indication(template, decodeTarget);
    }

    /// How many frames this one needs; 0 without a structure.
    public int differences() {
        return structure == null || template < 0 ? 0 : differences;
    }

    /// How many frames back the i-th of them is.
    public int difference(int i) {
        if (structure == null || template < 0) {
            return 0;
        }
        return hasOwnDifferences ? ownDifferences[i] : structure.difference(template, i);
    }

    /// How many frames back the chain's frame before this one is, 0 when this one begins the chain.
    public int chainDifference(int chain) {
        if (structure == null || template < 0) {
            return 0;
        }
        return hasOwnChainDifferences ? ownChainDifferences[chain] : structure.chainDifference(template, chain);
    }

    /// Whether the value is that of the first packet of a frame which brings a structure: the begin of a coded
    /// video sequence. For those who need nothing else.
    static boolean startsKeyFrame(Packet p, int at, int length) {
        return bringsStructure(p, at, length) && (p.u8(at) & 0x80) != 0;
    }

    /// Whether the value has a structure, whole or not. For those who need nothing else.
    public static boolean bringsStructure(Packet p, int at, int length) {
        return length > BYTES_MIN && (p.u8(at + BYTES_MIN) & 0x80) != 0;
    }
}
