package dev.parley.sfu.rtp.codec;

import dev.parley.sfu.base.Packet;
import org.jspecify.annotations.Nullable;

/// The dependency descriptor of one packet, AV1 RTP payload specification appendix A: which frame and layer it
/// belongs to and who needs it. Made once and filled anew for each packet; allocates only for a packet that
/// brings a structure, which key frames do; one thread at a time.
///
///     |S|E| template id 6 |         frame number 16       |         always
///     |T|A|I|F|C| structure when T | active targets when A | ...     when longer than 3 bytes
public final class DependencyDescriptor {
    /// Decode target indications, A.2.
    public static final int NOT_PRESENT = 0;

    public static final int DISCARDABLE = 1;
    public static final int SWITCH = 2;
    public static final int REQUIRED = 3;

    /// The packet has no such field.
    public static final int NONE = -1;

    private static final int MANDATORY_BYTES = 3;

    private final BitReader reader = new BitReader();
    private final byte[] customIndications = new byte[DependencyStructure.DECODE_TARGETS_MAX];
    private boolean custom;
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
        custom = false;
        newStructure = false;
        template = NONE;
        activeDecodeTargets = NONE;
        structure = known;
        if (length < MANDATORY_BYTES) {
            return false;
        }
        int first = p.u8(at);
        startOfFrame = (first & 0x80) != 0;
        endOfFrame = (first & 0x40) != 0;
        frameNumber = p.u16(at + 1);
        if (length > MANDATORY_BYTES && !extended(reader.begin(p, at + MANDATORY_BYTES, length - MANDATORY_BYTES))) {
            return false;
        }
        DependencyStructure current = structure;
        if (current == null) {
            return true;
        }
        template = current.template(first & 0x3f);
        return template >= 0 && (!custom || readIndications(current));
    }

    private boolean extended(BitReader r) {
        newStructure = r.flag();
        boolean activePresent = r.flag();
        custom = r.flag();
        r.bits(2); // own frame differences, own chains: of no use to a forwarder
        if (newStructure) {
            structure = DependencyStructure.read(r);
        }
        DependencyStructure current = structure;
        if (current == null) {
            custom = false;
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

    private boolean readIndications(DependencyStructure current) {
        for (int i = 0; i < current.decodeTargets(); i++) {
            customIndications[i] = (byte) reader.bits(2);
        }
        return !reader.overrun();
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
        return custom ? customIndications[decodeTarget] : structure.indication(template, decodeTarget);
    }

    /// Whether the value is that of the first packet of a frame which brings a structure: the begin of a coded video
    /// sequence. For those who need nothing else.
    static boolean startsKeyFrame(Packet p, int at, int length) {
        return length > MANDATORY_BYTES && (p.u8(at) & 0x80) != 0 && (p.u8(at + MANDATORY_BYTES) & 0x80) != 0;
    }
}
