package dev.parley.sfu.media;

import dev.parley.sfu.base.Loop;
import dev.parley.sfu.base.Packet;

/// Everyone that a track goes to, one target a loop. Lives on the publisher's loop.
final class Fanout {
    private final Loop owner;
    private FanoutTarget[] targets = {};

    Fanout(Loop owner) {
        this.owner = owner;
    }

    void forward(Packet packet, int encoding, long seqIndex, long nowNs) {
        for (FanoutTarget target : targets) {
            target.forward(packet, encoding, seqIndex, nowNs);
        }
    }

    void formatChanged(TrackFormat format) {
        for (FanoutTarget target : targets) {
            target.formatChanged(format);
        }
    }

    void senderReport(SourceClock clock) {
        for (FanoutTarget target : targets) {
            target.senderReport(clock);
        }
    }

    /// @return the target made for this feed, to be given to `remove`
    FanoutTarget add(TrackFeed feed) {
        FanoutTarget target = feed.loop() == owner ? new LocalTarget(feed) : new RemoteTarget(owner, feed);
        FanoutTarget[] more = new FanoutTarget[targets.length + 1];
        System.arraycopy(targets, 0, more, 0, targets.length);
        more[targets.length] = target;
        targets = more;
        return target;
    }

    void remove(FanoutTarget target) {
        int kept = 0;
        FanoutTarget[] fewer = new FanoutTarget[targets.length];
        for (FanoutTarget other : targets) {
            if (other != target) {
                fewer[kept++] = other;
            }
        }
        targets = java.util.Arrays.copyOf(fewer, kept);
    }

    boolean empty() {
        return targets.length == 0;
    }

    /// Subscribers on the publisher's own loop: no queue between.
    private record LocalTarget(TrackFeed feed) implements FanoutTarget {
        @Override
        public void forward(Packet packet, int encoding, long seqIndex, long nowNs) {
            packet.retain();
            feed.accept(packet, encoding, seqIndex, nowNs);
        }

        @Override
        public void formatChanged(TrackFormat format) {
            feed.formatChanged(format);
        }

        @Override
        public void senderReport(SourceClock clock) {
            feed.senderReport(clock);
        }
    }
}
