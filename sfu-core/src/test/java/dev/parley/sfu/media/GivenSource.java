package dev.parley.sfu.media;

import java.util.Arrays;

/// A source as a test says it is: encodings of 16:9, each half of the next, or layers of rate within one.
final class GivenSource {
    final long[][] bps;
    final boolean[] comes;
    final boolean[] offered;
    private final int[] widths;
    private final int[] heights;

    private GivenSource(int[] widths, int[] heights, long[][] bps) {
        this.widths = widths;
        this.heights = heights;
        this.bps = bps;
        this.comes = new boolean[bps.length];
        this.offered = new boolean[bps.length];
        Arrays.fill(comes, true);
        Arrays.fill(offered, true);
    }

    /// Our page's camera, every encoding at its bound.
    static GivenSource camera() {
        return encodings(new long[] {150_000}, new long[] {500_000}, new long[] {1_700_000});
    }

    /// From the smallest to the largest, which is 1280 x 720; for each the rates up to each of its temporal layers.
    static GivenSource encodings(long[]... bps) {
        int[] widths = new int[bps.length];
        int[] heights = new int[bps.length];
        for (int i = 0; i < bps.length; i++) {
            widths[i] = 1280 >> (bps.length - 1 - i);
            heights[i] = 720 >> (bps.length - 1 - i);
        }
        return new GivenSource(widths, heights, bps);
    }

    /// One encoding of 1920 x 1080 in layers of rate.
    static GivenSource screen(long... bps) {
        return new GivenSource(new int[] {1920}, new int[] {1080}, new long[][] {bps});
    }

    /// Encodings of the same size.
    static GivenSource screenOfTwo(long slow, long fast) {
        return new GivenSource(new int[] {1920, 1920}, new int[] {1080, 1080}, new long[][] {{slow}, {fast}});
    }

    void describe(SourceLayers into) {
        into.begin(bps.length > 1);
        for (int i = 0; i < bps.length; i++) {
            into.add(widths[i], heights[i], bps[i].length, comes[i], offered[i]);
            for (int t = 0; t < bps[i].length && comes[i]; t++) {
                into.rate(t, bps[i][t]);
            }
        }
    }
}
