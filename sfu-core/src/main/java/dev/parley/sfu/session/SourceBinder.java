package dev.parley.sfu.session;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.HeaderExtensions;
import dev.parley.sfu.rtp.Rtp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says whose an unknown SSRC is, in this order: named by `a=ssrc` of the offer (such sources are in the table before
/// their first packet); by the MID and RID extensions; the only section that has the packet's payload type; a
/// retransmission by what it repeats. What it decides is kept in the table, because browsers leave MID and RID out
/// after
/// the first receiver report.
final class SourceBinder {
    private final SourceTable table;
    private final List<Publication> publications = new ArrayList<>();

    SourceBinder(SourceTable table) {
        this.table = table;
    }

    void add(Publication publication) {
        publications.add(publication);
        learn(publication);
    }

    /// What it has in the table it keeps; it gets nothing more.
    void remove(Publication publication) {
        publications.remove(publication);
    }

    /// Takes over what the offer names. An SSRC that two sections name is the first one's.
    void learn(Publication publication) {
        Section section = publication.section();
        if (section.rids().isEmpty() && !section.offeredSources().isEmpty()) {
            OfferedSource source = section.offeredSources().getFirst();
            bind(publication, 0, source.ssrc());
        }
    }

    /// @return the source, now in the table, or null when nothing in the packet tells whose it is
    SourceTable.@Nullable Source bind(Packet packet, HeaderExtensions extensions) {
        int payloadType = Rtp.payloadType(packet);
        SourceTable.Source source = named(packet, extensions, payloadType);
        if (source == null && !extensions.has(ExtensionType.MID) && !extensions.has(ExtensionType.REPAIRED_RID)) {
            source = repeated(packet, payloadType);
        }
        if (source == null) {
            return null;
        }
        int ssrc = Rtp.ssrc(packet);
        return source.rtx ? table.add(ssrc, source) ? source : null : bind(source.publication, source.encoding, ssrc);
    }

    private SourceTable.@Nullable Source named(Packet packet, HeaderExtensions extensions, int payloadType) {
        Publication publication = publicationOf(packet, extensions, payloadType);
        if (publication == null) {
            return null;
        }
        boolean rtx = publication.isRtx(payloadType);
        if (!rtx && !publication.isMedia(payloadType)) {
            return null;
        }
        int encoding = publication.encoding(rid(packet, extensions, rtx));
        return encoding < 0 ? null : new SourceTable.Source(publication, encoding, rtx);
    }

    /// A retransmission without a name is of the only stream that misses what it repeats.
    private SourceTable.@Nullable Source repeated(Packet packet, int payloadType) {
        if (Rtp.payloadLength(packet) < Short.BYTES) {
            return null;
        }
        int seq = packet.u16(Rtp.payloadOffset(packet));
        SourceTable.Source only = null;
        for (Publication publication : publications) {
            for (int i = 0;
                    publication.isRtx(payloadType) && i < publication.track().encodings();
                    i++) {
                if (publication.track().encoding(i).misses(seq)) {
                    if (only != null) {
                        return null;
                    }
                    only = new SourceTable.Source(publication, i, true);
                }
            }
        }
        return only;
    }

    private SourceTable.@Nullable Source bind(Publication publication, int encoding, int ssrc) {
        SourceTable.Source source = new SourceTable.Source(publication, encoding, false);
        if (!table.add(ssrc, source)) {
            return null;
        }
        publication.bound(encoding, ssrc);
        for (OfferedSource offered : publication.section().offeredSources()) {
            if (offered.ssrc() == ssrc && offered.rtxSsrc() != 0) {
                table.add(offered.rtxSsrc(), new SourceTable.Source(publication, encoding, true));
            }
        }
        return source;
    }

    private @Nullable Publication publicationOf(Packet packet, HeaderExtensions extensions, int payloadType) {
        if (extensions.has(ExtensionType.MID)) {
            String mid = extensions.text(ExtensionType.MID, packet);
            for (Publication publication : publications) {
                if (publication.section().mid().value().equals(mid)) {
                    return publication;
                }
            }
            return null;
        }
        return onlyOneWith(payloadType);
    }

    private @Nullable Publication onlyOneWith(int payloadType) {
        Publication only = null;
        for (Publication publication : publications) {
            if (publication.isMedia(payloadType) || publication.isRtx(payloadType)) {
                if (only != null) {
                    return null;
                }
                only = publication;
            }
        }
        return only;
    }

    private static String rid(Packet packet, HeaderExtensions extensions, boolean rtx) {
        ExtensionType type = rtx ? ExtensionType.REPAIRED_RID : ExtensionType.RID;
        return extensions.text(type, packet);
    }
}
