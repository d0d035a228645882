package dev.parley.sfu.media;

import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Loop;
import java.util.IdentityHashMap;
import java.util.Map;

/// The tracks that somebody on this loop receives, each fed once however many receive it. Used on its loop only.
public final class Feeds {
    private final Loop loop;
    private final Limits limits;
    private final Map<IncomingTrack, TrackFeed> feeds = new IdentityHashMap<>();

    public Feeds(Loop loop, Limits limits) {
        this.loop = loop;
        this.limits = limits;
    }

    /// How many tracks are fed now: none when nobody on this loop receives anything.
    public int size() {
        return feeds.size();
    }

    TrackFeed open(IncomingTrack track) {
        return feeds.computeIfAbsent(track, _ -> {
            TrackFeed feed = new TrackFeed(track, loop, limits);
            onOwner(track, () -> track.subscribe(feed));
            return feed;
        });
    }

    /// Ends the feed when nobody on this loop uses it any more.
    void closeIfUnused(TrackFeed feed) {
        if (feed.unused() && feeds.remove(feed.track(), feed)) {
            feed.close();
            onOwner(feed.track(), () -> feed.track().unsubscribe(feed));
        }
    }

    private static void onOwner(IncomingTrack track, Runnable command) {
        if (track.owner().inLoop()) {
            command.run();
        } else {
            track.owner().post(command);
        }
    }
}
