package dev.parley.sfu.session;

import dev.parley.sfu.media.IncomingEncoding;
import dev.parley.sfu.media.IncomingTrack;
import org.jspecify.annotations.Nullable;

/// Which SSRC is whose: what each packet is looked up in. Open addressing over an int array, so that a look-up touches
/// one or two cache lines; bounded, and entries are never removed before the session ends.
final class SourceTable {
    /// What an SSRC carries.
    static final class Source {
        final Publication publication;
        final int encoding;
        final boolean rtx;

        Source(Publication publication, int encoding, boolean rtx) {
            this.publication = publication;
            this.encoding = encoding;
            this.rtx = rtx;
        }

        IncomingTrack track() {
            return publication.track();
        }

        IncomingEncoding layer() {
            return publication.track().encoding(encoding);
        }
    }

    private final int[] ssrcs;
    private final @Nullable Source[] sources;
    private final int max;
    private int size;

    SourceTable(int max) {
        this.max = max;
        int capacity = Integer.highestOneBit(max * 2 - 1) * 2;
        ssrcs = new int[capacity];
        sources = new Source[capacity];
    }

    @Nullable
    Source get(int ssrc) {
        for (int i = place(ssrc); ; i = i + 1 & ssrcs.length - 1) {
            Source source = sources[i];
            if (source == null || ssrcs[i] == ssrc) {
                return source;
            }
        }
    }

    /// Whoever is first has it: a source that is known stays what it is.
    ///
    /// @return false when the SSRC is taken, or the table is full
    boolean add(int ssrc, Source source) {
        int i = place(ssrc);
        while (sources[i] != null && ssrcs[i] != ssrc) {
            i = i + 1 & ssrcs.length - 1;
        }
        if (sources[i] != null || size == max) {
            return false;
        }
        size++;
        ssrcs[i] = ssrc;
        sources[i] = source;
        return true;
    }

    boolean full() {
        return size == max;
    }

    private int place(int ssrc) {
        return (ssrc * 0x9e3779b9) >>> 16 & ssrcs.length - 1;
    }
}
