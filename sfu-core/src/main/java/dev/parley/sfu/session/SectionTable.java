package dev.parley.sfu.session;

import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.sdp.MediaSection;
import dev.parley.sfu.sdp.SdpResult;
import dev.parley.sfu.session.KnownSection.Role;
import dev.parley.sfu.session.Negotiation.Code;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Works out what each section of an offer is for: which go on from the former offer, which publish what, which is
/// half of which slot. Sections that receive become slots by their order, audio k with video k; sections that send are
/// what was announced, else what their order says: first microphone and camera, then the screen's.
final class SectionTable {
    private static final List<TrackSource> AUDIO_ORDER = List.of(TrackSource.MICROPHONE, TrackSource.SCREEN_AUDIO);
    private static final List<TrackSource> VIDEO_ORDER = List.of(TrackSource.CAMERA, TrackSource.SCREEN);

    private final SdpResult.Parsed offer;
    private final AnswerPolicy policy;
    private final SsrcChoice ssrcs;
    private final Map<String, AnnouncedSection> announced = new HashMap<>();
    private final Set<TrackSource> taken = EnumSet.noneOf(TrackSource.class);
    private final Map<MediaKind, Integer> nextSlot = new EnumMap<>(MediaKind.class);
    private final List<KnownSection> next = new ArrayList<>();

    private SectionTable(
            SdpResult.Parsed offer, List<AnnouncedSection> announcements, AnswerPolicy policy, SsrcChoice ssrcs) {
        this.offer = offer;
        this.policy = policy;
        this.ssrcs = ssrcs;
        announcements.forEach(section -> announced.put(section.mid(), section));
    }

    /// The sections of this offer, one for each `m=` line.
    static List<KnownSection> of(
            List<KnownSection> former,
            SdpResult.Parsed offer,
            List<AnnouncedSection> announced,
            AnswerPolicy policy,
            SsrcChoice ssrcs)
            throws RefusedException {
        SectionTable table = new SectionTable(offer, announced, policy, ssrcs);
        table.follow(former);
        table.takeAnnounced();
        table.decide();
        return table.next;
    }

    private List<MediaSection> sections() {
        return offer.description().sections();
    }

    private RefusedException wrong(int index, String detail) {
        return new RefusedException(Code.BAD_SDP, offer.sectionLines().get(index), detail);
    }

    /// RFC 8829 section 5.2.2: sections stay where they are, those of a rejected one's place and new ones may be new.
    private void follow(List<KnownSection> former) throws RefusedException {
        if (sections().size() < former.size()) {
            throw new RefusedException(Code.BAD_SDP, "fewer sections than in the offer before: " + former.size());
        }
        for (int i = 0; i < sections().size(); i++) {
            next.add(
                    i < former.size()
                            ? followed(i, former.get(i))
                            : fresh(sections().get(i)));
        }
        for (KnownSection section : former) {
            if (section.slot() != Section.NO_SLOT && section.kind() != null) {
                nextSlot.merge(section.kind(), section.slot() + 1, Math::max);
            }
            if (section.send() != null) {
                ssrcs.avoid(section.send());
            }
        }
    }

    private KnownSection followed(int index, KnownSection known) throws RefusedException {
        MediaSection section = sections().get(index);
        if (known.mid().equals(mid(section)) && known.kind() == kind(section)) {
            return known.live(section.live());
        }
        if (known.live()) {
            throw wrong(index, "this section was " + known.mid() + " in the offer before");
        }
        return fresh(section);
    }

    private static KnownSection fresh(MediaSection section) {
        return KnownSection.fresh(mid(section), kind(section)).live(section.live());
    }

    private static String mid(MediaSection section) {
        return section.mid() == null ? "" : section.mid();
    }

    private static @Nullable MediaKind kind(MediaSection section) {
        return switch (section.kind()) {
            case "audio" -> MediaKind.AUDIO;
            case "video" -> MediaKind.VIDEO;
            default -> null;
        };
    }

    /// What was announced now goes before what was known, and that before what the order says.
    private void takeAnnounced() throws RefusedException {
        for (int i = 0; i < next.size(); i++) {
            KnownSection section = next.get(i);
            AnnouncedSection told = announced.get(section.mid());
            if (told != null && section.kind() != null) {
                TrackSource source = told.source();
                if (source.video() != (section.kind() == MediaKind.VIDEO)) {
                    throw wrong(i, "this section is " + sections().get(i).kind() + ", not " + source.wireName());
                }
                if (!taken.add(source)) {
                    throw wrong(i, source.wireName() + " is announced twice");
                }
            }
        }
        for (KnownSection section : next) {
            if (section.live() && section.source() != null && !announced.containsKey(section.mid())) {
                taken.add(section.source());
            }
        }
    }

    private void decide() {
        for (int i = 0; i < next.size(); i++) {
            KnownSection section = next.get(i);
            if (section.live() && section.kind() != null) {
                next.set(i, decided(section, section.kind(), sections().get(i)));
            }
        }
    }

    private KnownSection decided(KnownSection section, MediaKind kind, MediaSection offered) {
        Role role = section.role() == Role.UNDECIDED ? role(offered) : section.role();
        return switch (role) {
            case UNDECIDED -> section;
            case PUBLISH -> publishing(section, kind);
            case SLOT -> section.role() == Role.SLOT ? section : section.slot(slot(kind), ssrcs.draw());
        };
    }

    private Role role(MediaSection offered) {
        if (offered.direction().sends() && policy.publish()) {
            return Role.PUBLISH;
        }
        return offered.direction().receives() && policy.watch() ? Role.SLOT : Role.UNDECIDED;
    }

    private KnownSection publishing(KnownSection section, MediaKind kind) {
        AnnouncedSection told = announced.get(section.mid());
        if (told != null) {
            return section.publishing(told.source(), told.policy());
        }
        TrackSource source = section.source() == null ? byOrder(kind) : section.source();
        return section.publishing(source, section.policy());
    }

    private @Nullable TrackSource byOrder(MediaKind kind) {
        for (TrackSource source : kind == MediaKind.AUDIO ? AUDIO_ORDER : VIDEO_ORDER) {
            if (taken.add(source)) {
                return source;
            }
        }
        return null;
    }

    private int slot(MediaKind kind) {
        return nextSlot.merge(kind, 1, Integer::sum) - 1;
    }
}
