package dev.parley.sfu.room;

import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.api.ViewedTile;
import dev.parley.sfu.api.Watch;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.media.Demand;
import dev.parley.sfu.media.Demand.Weight;
import dev.parley.sfu.rtp.Codec;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a viewer is to get: whom it asked for first, then the others as the stage has them; each picture with what of
/// the
/// bandwidth it is worth. Its work is worth what one viewer is shown, not what there is in the room.
final class Subscriptions {
    private final Limits limits;
    private final Stage stage;
    private final Map<ParticipantId, Member> members;

    /// @param members to be asked for by name
    Subscriptions(Limits limits, Stage stage, Map<ParticipantId, Member> members) {
        this.limits = limits;
        this.stage = stage;
        this.members = members;
    }

    /// Cameras, most wanted first: those that are seen, then those that were asked for and are hidden, which keep their
    /// slots where there are enough, then the others. Tells the viewer how far down the stage it looked.
    SequencedMap<PublishedTrack, Demand> tiles(Member viewer) {
        SequencedMap<PublishedTrack, Demand> wanted = named(viewer, TrackSource.CAMERA);
        List<PublishedTrack> cameras = stage.cameras();
        int most = Math.max(limits.tilesForwarded(), wanted.size());
        boolean hidden = viewer.seesNothing();
        int depth = 0;
        for (; wanted.size() < most && depth < cameras.size(); depth++) {
            PublishedTrack camera = cameras.get(depth);
            if (camera.publisher() != viewer) {
                wanted.putIfAbsent(camera, demand(camera, hidden, false, wanted.size(), 0, 0));
            }
        }
        viewer.looksDownTo(wanted.size() < most ? Stage.NOTHING_CHANGED : depth);
        return wanted;
    }

    /// Screens, those that were asked for first, and those that were asked for and are hidden last.
    SequencedMap<PublishedTrack, Demand> shares(Member viewer) {
        SequencedMap<PublishedTrack, Demand> named = named(viewer, TrackSource.SCREEN);
        SequencedMap<PublishedTrack, Demand> wanted = new LinkedHashMap<>();
        named.forEach((screen, demand) -> {
            if (demand.weight() != Weight.HIDDEN && wanted.size() < limits.shareSlots()) {
                wanted.put(screen, demand);
            }
        });
        for (PublishedTrack screen : stage.shares()) {
            if (wanted.size() < limits.shareSlots() && isForeignScreen(screen, viewer) && !named.containsKey(screen)) {
                wanted.put(screen, demand(screen, viewer.seesNothing(), false, wanted.size(), 0, 0));
            }
        }
        named.forEach((screen, demand) -> {
            if (wanted.size() < limits.shareSlots()) {
                wanted.putIfAbsent(screen, demand);
            }
        });
        return wanted;
    }

    private static boolean isForeignScreen(PublishedTrack share, Member viewer) {
        return share.source() == TrackSource.SCREEN && share.publisher() != viewer;
    }

    /// What was asked for and is there, the hidden behind the others.
    private SequencedMap<PublishedTrack, Demand> named(Member viewer, TrackSource source) {
        SequencedMap<PublishedTrack, Demand> named = new LinkedHashMap<>();
        for (boolean hidden : new boolean[] {false, true}) {
            for (ViewedTile tile : viewer.view()) {
                if (tile.source() == source && tile.hidden() == hidden) {
                    name(viewer, tile, named);
                }
            }
        }
        return named;
    }

    private void name(Member viewer, ViewedTile tile, Map<PublishedTrack, Demand> named) {
        Member shown = members.get(tile.participant());
        PublishedTrack track = shown == null || shown == viewer ? null : Stage.live(shown, tile.source());
        if (track != null) {
            int order = named.size();
            named.putIfAbsent(track, demand(track, tile.hidden(), tile.pinned(), order, tile.width(), tile.height()));
        }
    }

    /// The one picture of a viewer that is shown one person.
    static Demand theOnly(PublishedTrack picture) {
        return new Demand(picture.source().share() ? Weight.SHARE : Weight.PINNED, 0, 0, 0);
    }

    private Demand demand(PublishedTrack track, boolean hidden, boolean pinned, int order, int width, int height) {
        return new Demand(weight(track, hidden, pinned), order, width, height);
    }

    private Weight weight(PublishedTrack track, boolean hidden, boolean pinned) {
        if (hidden) {
            return Weight.HIDDEN;
        }
        if (track.source().share()) {
            return Weight.SHARE;
        }
        if (pinned) {
            return Weight.PINNED;
        }
        return stage.holdsFloor(track.publisher()) ? Weight.SPEAKER : Weight.TILE;
    }

    /// Microphones, whoever was heard last first.
    List<PublishedTrack> voices(Member viewer) {
        List<PublishedTrack> voices = stage.voices(viewer);
        voices.sort(Comparator.comparingLong(this::lastHeardNs).reversed());
        return voices;
    }

    private long lastHeardNs(PublishedTrack voice) {
        return stage.speakers().lastHeardNs(voice.publisher());
    }

    /// What a viewer of one person sees of them: what it asked for, else the camera, else the screen.
    @Nullable
    PublishedTrack picture(Watch watch) {
        TrackSource asked = watch.source();
        if (asked != null) {
            return live(watch, asked);
        }
        PublishedTrack camera = live(watch, TrackSource.CAMERA);
        return camera != null ? camera : live(watch, TrackSource.SCREEN);
    }

    /// What it hears of them: the sound of the screen that it sees, where there is any, else the voice.
    @Nullable
    PublishedTrack sound(Watch watch, @Nullable PublishedTrack picture) {
        PublishedTrack ofScreen =
                picture != null && picture.source().share() ? live(watch, TrackSource.SCREEN_AUDIO) : null;
        return ofScreen != null ? ofScreen : live(watch, TrackSource.MICROPHONE);
    }

    /// The codecs of all that a viewer of one person is sent of them, if it decodes none of these. What has not come
    /// yet may come in any.
    Set<Codec> undecodable(Watch watch, Set<Codec> decodable) {
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

    private @Nullable PublishedTrack live(Watch watch, TrackSource source) {
        Member publisher = members.get(watch.publisher());
        return publisher == null ? null : Stage.live(publisher, source);
    }
}
