package dev.parley.sfu.media;

/// Which frames of one encoding belong to the layers that a subscriber gets, and where it may change between
/// layers. Asked once a frame; what it answers holds for all packets of the frame. Lives on the subscriber's
/// loop.
interface LayerChoice {
    /// A frame behind all that came before; here the layers may change toward those that are wanted.
    ///
    /// @param packet the first of the frame's packets that came
    /// @param log what was decided of the frames before
    /// @return a verdict of `FrameLog`
    byte next(MediaPacket packet, long frame, FrameLog log, int spatial, int temporal);

    /// A frame of which nothing came before later ones did: judged by the layers of its time.
    byte late(MediaPacket packet, long frame);

    /// Whether the layers are those that are wanted, as far as there are such.
    boolean reached();

    /// Whether at least the picture has the wanted size.
    boolean rightSize();

    /// Whether what goes out is not sent any more, and only a key frame leads to anything else.
    default boolean stranded() {
        return false;
    }

    /// The highest spatial layer that goes out, 0 where the encoding has one only.
    int spatialLayer();

    /// The highest temporal layer that goes out, as far as the encoding has shown.
    int temporalLayer();
}
