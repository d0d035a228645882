package dev.parley.sfu.media;

/// By what an encoding tells its frames and layers apart. One stretch of packets keeps to one.
enum Layering {
    /// Not at all: everything is one layer.
    NONE,
    /// Picture id and temporal layer of the VP8 descriptor.
    VP8,
    /// Picture id and temporal layer of the VP9 descriptor.
    VP9,
    /// Frame number and template of the dependency descriptor, whatever the codec.
    DEPENDENCIES
}
