package dev.parley.sfu.media;

/// What a viewer wants of one picture: how much it matters beside the others that the viewer gets, and how large it is
/// shown. By this the viewer's bandwidth is spent.
///
/// @param order among pictures of the same weight, the most wanted first
/// @param width in device pixels, 0 where nobody said
/// @param height as `width`
public record Demand(Weight weight, int order, int width, int height) {
    /// From the most to the least important.
    public enum Weight {
        SHARE,
        PINNED,
        SPEAKER,
        TILE,
        /// Keeps its slot, and nothing is sent.
        HIDDEN
    }

    /// A picture that nobody said anything about.
    public static final Demand TILE = new Demand(Weight.TILE, 0, 0, 0);
}
