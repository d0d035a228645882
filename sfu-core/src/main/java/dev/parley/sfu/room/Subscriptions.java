package dev.parley.sfu.room;

import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.api.ViewedTile;
import dev.parley.sfu.base.Limits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/// What a viewer is to get: whom it asked for first, then the others by the order of joining, and the voices that were
/// heard last.
final class Subscriptions {
    private final Limits limits;

    Subscriptions(Limits limits) {
        this.limits = limits;
    }

    List<PublishedTrack> tiles(Member viewer, Map<?, Member> members) {
        Set<PublishedTrack> wanted = new LinkedHashSet<>();
        for (ViewedTile tile : viewer.view()) {
            Member shown = members.get(tile.participant());
            if (shown != null && tile.source() == TrackSource.CAMERA) {
                addLive(wanted, viewer, shown, TrackSource.CAMERA);
            }
        }
        addAll(wanted, viewer, members.values(), TrackSource.CAMERA);
        return first(wanted, Math.max(limits.tilesForwarded(), viewer.view().size()));
    }

    List<PublishedTrack> shares(Member viewer, Collection<Member> members) {
        Set<PublishedTrack> wanted = new LinkedHashSet<>();
        addAll(wanted, viewer, members, TrackSource.SCREEN);
        return first(wanted, limits.shareSlots());
    }

    List<PublishedTrack> voices(Member viewer, Collection<Member> members, ToLongFunction<PublishedTrack> heardNs) {
        Set<PublishedTrack> wanted = new LinkedHashSet<>();
        addAll(wanted, viewer, members, TrackSource.MICROPHONE);
        List<PublishedTrack> byLastSound = new ArrayList<>(wanted);
        byLastSound.sort(Comparator.comparingLong(heardNs).reversed());
        return byLastSound.subList(0, Math.min(byLastSound.size(), limits.voicesForwarded()));
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

    private static List<PublishedTrack> first(Set<PublishedTrack> wanted, int count) {
        return wanted.stream().limit(count).toList();
    }
}
