package dev.parley.sfu.session;

import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.media.IncomingTrack;
import dev.parley.sfu.media.TrackFormat;
import dev.parley.sfu.rtp.PayloadType;
import java.util.BitSet;

/// One sending section of the client and the track that it feeds.
final class Publication {
    private final IncomingTrack track;
    private final TrackSource source;
    private final int[] mediaTypeOfRtx = new int[128];
    private final BitSet mediaTypes = new BitSet(128);
    private Section section;

    Publication(Section section, TrackSource source, IncomingTrack track) {
        this.track = track;
        this.source = source;
        this.section = section;
        learn(section);
    }

    static TrackFormat formatOf(Section section) {
        return new TrackFormat(section.payloadTypes(), section.extensions());
    }

    /// After a further offer: the same section, perhaps with other numbers.
    void changed(Section section) {
        this.section = section;
        learn(section);
        track.changeFormat(formatOf(section));
    }

    Section section() {
        return section;
    }

    IncomingTrack track() {
        return track;
    }

    TrackSource source() {
        return source;
    }

    /// Which encoding a RID names; without simulcast there is one, and it has no name. -1 for a RID that was not
    /// offered.
    int encoding(String rid) {
        int encoding = section.rids().isEmpty() ? 0 : section.rids().indexOf(rid);
        return encoding < track.encodings() ? encoding : -1;
    }

    boolean isMedia(int payloadType) {
        return mediaTypes.get(payloadType);
    }

    boolean isRtx(int payloadType) {
        return mediaTypeOfRtx[payloadType] >= 0;
    }

    int mediaTypeOfRtx(int payloadType) {
        return mediaTypeOfRtx[payloadType];
    }

    void bound(int encoding, int ssrc) {
        track.encoding(encoding).bind(ssrc, section.nack());
    }

    /// Whether anybody may want to see it at any time.
    void company(boolean others) {
        if (source == TrackSource.CAMERA) {
            track.lowestStays(others);
        }
    }

    private void learn(Section learned) {
        java.util.Arrays.fill(mediaTypeOfRtx, -1);
        mediaTypes.clear();
        for (PayloadType type : learned.payloadTypes()) {
            mediaTypes.set(type.number());
            if (type.hasRtx()) {
                mediaTypeOfRtx[type.rtxNumber()] = type.number();
            }
        }
    }
}
