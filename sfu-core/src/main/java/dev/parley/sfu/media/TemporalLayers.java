package dev.parley.sfu.media;

/// Temporal layers by the payload descriptor of VP8 or VP9. Going down is possible at any frame, because no frame
/// needs one of a higher layer. Going up needs a key frame or the descriptor's word.
///
/// VP8, RFC 7741 §4.2: a frame with the sync bit needs the base layer only. So one climbs by one layer, at a frame
/// of that layer which has the bit.
///
/// VP9, RFC 9628 §4.2: after a frame with the switching-up bit no higher frame needs one from before it. So one
/// climbs to any layer behind such a frame.
final class TemporalLayers implements LayerChoice {
    private int current;
    private int former;
    /// The first frame under the current choice.
    private long since = Long.MIN_VALUE;

    private int wanted;
    private int seen;

    @Override
    public byte next(MediaPacket packet, long frame, FrameLog log, int spatial, int temporal) {
        int layer = packet.temporalLayer();
        wanted = temporal;
        seen = Math.max(seen, layer);
        if (packet.startsDecoding() || temporal < current) {
            turn(temporal, frame);
        } else if (current < temporal) {
            climb(packet, layer, frame);
        }
        return verdict(layer, current);
    }

    private void climb(MediaPacket packet, int layer, long frame) {
        if (packet.layerSync() && layer == current + 1) {
            turn(layer, frame);
        } else if (packet.switchingUp() && layer <= current) {
            turn(wanted, frame);
        }
    }

    private void turn(int layer, long frame) {
        former = current;
        current = layer;
        since = frame;
    }

    @Override
    public byte late(MediaPacket packet, long frame) {
        return verdict(packet.temporalLayer(), frame < since ? former : current);
    }

    private static byte verdict(int layer, int highest) {
        return layer <= highest ? FrameLog.TAKEN : FrameLog.LEFT_OUT;
    }

    @Override
    public boolean reached() {
        return current >= Math.min(wanted, seen);
    }

    @Override
    public boolean rightSize() {
        return true;
    }

    @Override
    public int spatialLayer() {
        return 0;
    }

    @Override
    public int temporalLayer() {
        return Math.min(current, seen);
    }
}
