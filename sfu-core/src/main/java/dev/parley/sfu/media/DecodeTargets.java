package dev.parley.sfu.media;

import dev.parley.sfu.rtp.codec.DependencyDescriptor;
import dev.parley.sfu.rtp.codec.DependencyStructure;
import org.jspecify.annotations.Nullable;

/// Spatial and temporal layers by the dependency descriptor, AV1 RTP payload specification appendix A: a
/// subscriber gets one decode target, which is all frames that are not absent from it. It changes to another
/// target
///
/// - with a new structure, which comes with a key frame;
/// - where a picture begins to a target that is a part of its own: nothing of that is missing;
/// - at a frame that is a switch indication for the target, when everything that this frame needs and the frame
///   before it in the target's chain went out.
///
/// The picture's size changes only where a picture begins, because the last packet of each is marked.
final class DecodeTargets implements LayerChoice {
    private static final int NONE = -1;
    /// Above any temporal layer: spatial layers weigh more.
    private static final int SPATIAL_WEIGHT = 8;
    /// Above any rank of layers that are wanted.
    private static final int EXCESS_WEIGHT = 64;

    private @Nullable DependencyStructure structure;
    private @Nullable DependencyStructure formerStructure;
    private int current = NONE;
    private int former = NONE;
    /// The first frame under the current choice, and the picture that it is part of.
    private long since = Long.MIN_VALUE;

    private int sincePicture;
    private int picture;

    private long active = -1;
    private int spatial;
    private int temporal;
    private int goal = NONE;

    @Override
    public byte next(MediaPacket packet, long frame, FrameLog log, int spatial, int temporal) {
        DependencyDescriptor descriptor = packet.dependencies();
        DependencyStructure now = descriptor.structure();
        if (now == null) {
            return FrameLog.TAKEN;
        }
        boolean begins = packet.timestamp() != picture;
        picture = packet.timestamp();
        long targets = packet.activeTargets();
        if (now != structure || targets != active || spatial != this.spatial || temporal != this.temporal) {
            active = targets;
            this.spatial = spatial;
            this.temporal = temporal;
            goal = best(now);
        }
        if (now != structure) {
            turn(now, goal, frame);
        } else if (current != goal) {
            approach(descriptor, now, frame, log, begins);
        }
        return verdict(descriptor, now, current);
    }

    private int best(DependencyStructure of) {
        int best = NONE;
        for (int target = 0; target < of.decodeTargets(); target++) {
            if (isActive(target) && (best == NONE || rank(of, target) > rank(of, best))) {
                best = target;
            }
        }
        return Math.max(best, 0);
    }

    private boolean isActive(int target) {
        return (active & 1L << target) != 0;
    }

    /// First as little as possible above what is wanted, then as high as possible.
    private int rank(DependencyStructure of, int target) {
        int size = of.targetSpatialLayer(target);
        int rate = of.targetTemporalLayer(target);
        int above = Math.max(0, size - spatial) * SPATIAL_WEIGHT + Math.max(0, rate - temporal);
        return size * SPATIAL_WEIGHT + rate - above * EXCESS_WEIGHT;
    }

    /// As near to the goal as this frame allows.
    private void approach(
            DependencyDescriptor descriptor, DependencyStructure now, long frame, FrameLog log, boolean begins) {
        int nearest = current;
        for (int target = 0; target < now.decodeTargets(); target++) {
            boolean sameSize = now.targetSpatialLayer(target) == now.targetSpatialLayer(current);
            boolean nearer = isActive(target) && (!isActive(nearest) || rank(now, target) > rank(now, nearest));
            boolean part = begins && now.contains(current, target);
            if (nearer && (part || ((begins || sameSize) && switches(descriptor, now, target, frame, log)))) {
                nearest = target;
            }
        }
        if (nearest != current) {
            turn(now, nearest, frame);
        }
    }

    private static boolean switches(
            DependencyDescriptor descriptor, DependencyStructure now, int target, long frame, FrameLog log) {
        if (descriptor.indication(target) != DependencyDescriptor.SWITCH) {
            return false;
        }
        for (int i = 0; i < descriptor.differences(); i++) {
            if (!log.took(frame - descriptor.difference(i))) {
                return false;
            }
        }
        int chain = now.chainOf(target);
        int before = chain < 0 ? 0 : descriptor.chainDifference(chain);
        return before == 0 || log.took(frame - before);
    }

    private void turn(DependencyStructure now, int target, long frame) {
        former = current;
        formerStructure = structure;
        current = target;
        structure = now;
        since = frame;
        sincePicture = picture;
    }

    @Override
    public byte late(MediaPacket packet, long frame) {
        DependencyDescriptor descriptor = packet.dependencies();
        boolean before = frame < since && packet.timestamp() != sincePicture;
        DependencyStructure known = before ? formerStructure : structure;
        int target = before ? former : current;
        if (known == null || known != descriptor.structure() || target == NONE) {
            return FrameLog.TAKEN;
        }
        return verdict(descriptor, known, target);
    }

    private static byte verdict(DependencyDescriptor descriptor, DependencyStructure known, int target) {
        if (descriptor.indication(target) == DependencyDescriptor.NOT_PRESENT) {
            return FrameLog.LEFT_OUT;
        }
        boolean top = descriptor.spatialLayer() == known.targetSpatialLayer(target);
        return top ? FrameLog.TAKEN_AS_TOP : FrameLog.TAKEN;
    }

    @Override
    public boolean reached() {
        return current == goal;
    }

    @Override
    public boolean rightSize() {
        DependencyStructure now = structure;
        return now == null || now.targetSpatialLayer(current) == now.targetSpatialLayer(goal);
    }

    @Override
    public boolean stranded() {
        return structure != null && !isActive(current);
    }

    @Override
    public int spatialLayer() {
        DependencyStructure now = structure;
        return now == null ? 0 : now.targetSpatialLayer(current);
    }

    @Override
    public int temporalLayer() {
        DependencyStructure now = structure;
        return now == null ? 0 : now.targetTemporalLayer(current);
    }
}
