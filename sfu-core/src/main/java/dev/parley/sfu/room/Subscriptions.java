package dev.parley.sfu.room;

import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.api.ViewedTile;
import dev.parley.sfu.api.Watch;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.rtp.Codec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// What a viewer is to get: whom it asked for first, then the others by the order of joining, and the voices that were
/// heard last.
final class Subscriptions {
    private final Limits limits;

    Subscriptions(Limits limits) {
        this.limits = limits;
    }

    /// @param members to be asked for by name
    /// @param stage those who have something to show, in the order of joining
    List<PublishedTrack> tiles(
            Member viewer,
            Map<ParticipantId, Member> members,
            Collection<Member> stage,
            ToLongFunction<PublishedTrack> heardNs) {
        Set<PublishedTrack> wanted = new LinkedHashSet<>();
        for (ViewedTile tile : viewer.view()) {
            Member shown = members.get(tile.participant());
            if (shown != null && tile.source() == TrackSource.CAMERA) {
                addLive(wanted, viewer, shown, TrackSource.CAMERA);
            }
        }
        addAll(wanted, viewer, stage, TrackSource.CAMERA);
        if (viewer.followsSpeakers()) {
            return first(lastHeardFirst(wanted, heardNs), limits.tilesForwarded());
        }
        return first(wanted, Math.max(limits.tilesForwarded(), viewer.view().size()));
    }

    List<PublishedTrack> shares(Member viewer, Collection<Member> stage) {
        Set<PublishedTrack> wanted = new LinkedHashSet<>();
        addAll(wanted, viewer, stage, TrackSource.SCREEN);
        return first(wanted, limits.shareSlots());
    }

    List<PublishedTrack> voices(Member viewer, Collection<Member> stage, ToLongFunction<PublishedTrack> heardNs) {
        Set<PublishedTrack> wanted = new LinkedHashSet<>();
        addAll(wanted, viewer, stage, TrackSource.MICROPHONE);
        return first(lastHeardFirst(wanted, heardNs), limits.voicesForwarded());
    }

    /// How many there are of a kind for this viewer.
    int live(Member viewer, Collection<Member> stage, TrackSource source) {
        Set<PublishedTrack> live = new LinkedHashSet<>();
        addAll(live, viewer, stage, source);
        return live.size();
    }

    /// Whoever made no sound stays in the order of joining.
    private static List<PublishedTrack> lastHeardFirst(
            Set<PublishedTrack> wanted, ToLongFunction<PublishedTrack> heardNs) {
        List<PublishedTrack> byLastSound = new ArrayList<>(wanted);
        byLastSound.sort(Comparator.comparingLong(heardNs).reversed());
        return byLastSound;
    }

    /// What a viewer of one person sees of them: what it asked for, else the camera, else the screen.
    @Nullable
    PublishedTrack picture(Watch watch, Map<ParticipantId, Member> members) {
        TrackSource asked = watch.source();
        if (asked != null) {
            return live(watch, members, asked);
        }
        PublishedTrack camera = live(watch, members, TrackSource.CAMERA);
        return camera != null ? camera : live(watch, members, TrackSource.SCREEN);
    }

    /// What it hears of them: the sound of the screen that it sees, where there is any, else the voice.
    @Nullable
    PublishedTrack sound(Watch watch, @Nullable PublishedTrack picture, Map<ParticipantId, Member> members) {
        PublishedTrack ofScreen =
                picture != null && picture.source().share() ? live(watch, members, TrackSource.SCREEN_AUDIO) : null;
        return ofScreen != null ? ofScreen : live(watch, members, TrackSource.MICROPHONE);
    }

    /// The codecs of all that a viewer of one person is sent of them, if it decodes none of these. What has not come
    /// yet may come in any.
    Set<Codec> undecodable(Watch watch, Map<ParticipantId, Member> members, Set<Codec> decodable) {
        Member publisher = members.get(watch.publisher());
        Set<Codec> beyond = EnumSet.noneOf(Codec.class);
        for (PublishedTrack track : publisher == null ? List.<PublishedTrack>of() : publisher.tracks()) {
            Codec codec = track.codec();
            if (isSent(watch.source(), track)) {
                if (codec == null || decodable.contains(codec)) {
                    return Set.of();
                }
                beyond.add(codec);
            }
        }
        return beyond;
    }

    private static boolean isSent(@Nullable TrackSource asked, PublishedTrack track) {
        return switch (track.source()) {
            case MICROPHONE -> true;
            case CAMERA -> asked != TrackSource.SCREEN;
            case SCREEN, SCREEN_AUDIO -> asked == TrackSource.SCREEN || (asked == null && track.live());
        };
    }

    private static @Nullable PublishedTrack live(Watch watch, Map<ParticipantId, Member> members, TrackSource source) {
        Member publisher = members.get(watch.publisher());
        PublishedTrack track = publisher == null || !publisher.inGrid() ? null : publisher.track(source);
        return track != null && track.live() ? track : null;
    }

    private static void addAll(
            Set<PublishedTrack> wanted, Member viewer, Collection<Member> members, TrackSource source) {
        for (Member member : members) {
            addLive(wanted, viewer, member, source);
        }
    }

    private static void addLive(Set<PublishedTrack> wanted, Member viewer, Member member, TrackSource source) {
        PublishedTrack track = member == viewer || !member.inGrid() ? null : member.track(source);
        if (track != null && track.live()) {
            wanted.add(track);
        }
    }

    private static List<PublishedTrack> first(Collection<PublishedTrack> wanted, int count) {
        return wanted.stream().limit(count).toList();
    }
}
