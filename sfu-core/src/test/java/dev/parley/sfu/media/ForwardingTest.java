package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.netsim.LinkConfig;
import dev.parley.netsim.Simulation;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.rtp.synthetic.SyntheticReceiver;
import dev.parley.sfu.rtp.synthetic.SyntheticVideo;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Tracks in and tracks out over bad links in virtual time, publishers and subscribers on two loops: every byte and
/// every number that a subscriber gets is checked.
final class ForwardingTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int PEOPLE = 4;

    private final Limits limits = Limits.defaults();
    private final List<TurnLoop> loops = new ArrayList<>();
    private final List<ForwardingPublisher> publishers = new ArrayList<>();
    private final List<ForwardingSubscriber> subscribers = new ArrayList<>();

    private Simulation world(long seed, LinkConfig link, boolean rtx) {
        Simulation simulation = new Simulation(seed);
        loops.clear();
        publishers.clear();
        subscribers.clear();
        loops.add(new TurnLoop(simulation));
        loops.add(new TurnLoop(simulation));
        for (int i = 0; i < PEOPLE; i++) {
            publishers.add(new ForwardingPublisher(i, simulation, loops.get(i % 2), link, 30, limits));
        }
        for (int i = 0; i < PEOPLE; i++) {
            ForwardingSubscriber subscriber =
                    new ForwardingSubscriber("viewer " + i, simulation, loops.get(i / 2), link, rtx, limits);
            subscriber.addSlots(PEOPLE - 1);
            for (ForwardingPublisher publisher : others(i)) {
                subscriber.origins.add(publisher.media);
            }
            subscribers.add(subscriber);
        }
        publishers.forEach(ForwardingPublisher::start);
        subscribers.forEach(ForwardingSubscriber::start);
        return simulation;
    }

    private List<ForwardingPublisher> others(int who) {
        List<ForwardingPublisher> others = new ArrayList<>(publishers);
        others.remove(who);
        return others;
    }

    /// Everybody sees all others, in slots turned by `turn`.
    private void showAll(Simulation simulation, int turn) {
        for (int i = 0; i < PEOPLE; i++) {
            List<ForwardingPublisher> others = others(i);
            ForwardingSubscriber subscriber = subscribers.get(i);
            onLoopOf(i, () -> {
                for (int slot = 0; slot < others.size(); slot++) {
                    ForwardingPublisher shown = others.get((slot + turn) % others.size());
                    subscriber.videos.get(slot).show(shown.video, simulation.nowNs());
                    subscriber.audios.get(slot).show(shown.audio, simulation.nowNs());
                }
            });
        }
    }

    private void onLoopOf(int subscriber, Runnable action) {
        loops.get(subscriber / 2).turn(action);
    }

    private void end(Simulation simulation) {
        for (int i = 0; i < PEOPLE; i++) {
            ForwardingSubscriber subscriber = subscribers.get(i);
            onLoopOf(i, () -> {
                subscriber.videos.forEach(track -> track.close(simulation.nowNs()));
                subscriber.audios.forEach(track -> track.close(simulation.nowNs()));
            });
        }
        simulation.run(SECOND);
        for (ForwardingSubscriber subscriber : subscribers) {
            SyntheticReceiver receiver = subscriber.receiver;
            receiver.finish();
            assertThat(receiver.problems().shown()).isEmpty();
            assertThat(subscriber.reused).as("numbers used twice").isZero();
            assertThat(subscriber.tooLong).as("datagrams above the limit").isZero();
            assertThat(subscriber.feeds.size()).as("feeds left").isZero();
        }
        for (TurnLoop loop : loops) {
            assertThat(loop.packets().outstanding()).as("packets left").isZero();
        }
    }

    @Test
    void overAPerfectNetworkEveryFrameArrives() {
        Simulation simulation = world(1, LinkConfig.perfect().withDelayMs(20), true);
        showAll(simulation, 0);
        simulation.run(10 * SECOND);
        for (ForwardingSubscriber subscriber : subscribers) {
            assertThat(subscriber.receiver.frames()).isGreaterThan(3 * 30 * 9);
        }
        end(simulation);
    }

    @Test
    void lossAndReorderingLeaveNoHoleThatNoLinkMade() {
        LinkConfig bad = LinkConfig.perfect()
                .withDelayMs(30)
                .withJitterMs(5)
                .withLoss(0.10)
                .withReorder(0.05, 20);
        Fuzz.seeds(4, seed -> {
            Simulation simulation = world(seed, bad, true);
            showAll(simulation, 0);
            simulation.run(20 * SECOND);
            for (ForwardingSubscriber subscriber : subscribers) {
                assertThat(subscriber.receiver.frames()).isGreaterThan(3 * 30 * 12);
            }
            end(simulation);
        });
    }

    @Test
    void sourcesMayChangeSlotsAtAnyTime() {
        LinkConfig bad = LinkConfig.perfect().withDelayMs(30).withLoss(0.05).withReorder(0.02, 20);
        Fuzz.seeds(4, seed -> {
            Simulation simulation = world(seed, bad, true);
            SplittableRandom random = new SplittableRandom(seed);
            for (int turn = 0; turn < 20; turn++) {
                showAll(simulation, turn);
                publishers.get(random.nextInt(PEOPLE)).camera.active(random.nextInt(3), random.nextBoolean());
                simulation.run(random.nextLong(2 * SECOND));
            }
            end(simulation);
        });
    }

    @Test
    void whatOvertookTheBeginOfAKeyFrameFollowsIt() {
        Simulation simulation = world(5, LinkConfig.perfect(), false);
        List<byte[]> frame = new ArrayList<>();
        ForwardingPublisher alice = publishers.get(0);
        SyntheticVideo camera = CapturedFrames.of(alice.layers().subList(2, 3), frame);
        camera.onTime(0);
        frame.removeFirst(); // padding
        ForwardingSubscriber bob = subscribers.get(1);
        loops.get(0).turn(() -> {
            bob.videos.getFirst().show(alice.video, simulation.nowNs());
            frame.subList(1, frame.size()).forEach(alice::accept);
        });
        assertThat(bob.sent).isZero();
        loops.get(0).turn(() -> alice.accept(frame.getFirst()));
        assertThat(bob.sent).isEqualTo(frame.size()).isGreaterThan(20);
        loops.get(0).turn(() -> bob.videos.getFirst().close(simulation.nowNs()));
    }

    @Test
    void withoutRtxTheSameBytesAreSentAgain() {
        LinkConfig bad = LinkConfig.perfect().withDelayMs(30).withLoss(0.05);
        Simulation simulation = world(3, bad, false);
        showAll(simulation, 0);
        simulation.run(5 * SECOND);
        end(simulation);
    }

    @Test
    void twoRunsOfOneSeedAreTheSame() {
        LinkConfig bad = LinkConfig.perfect().withDelayMs(30).withJitterMs(5).withLoss(0.10);
        long[] hashes = new long[2];
        for (int i = 0; i < 2; i++) {
            Simulation simulation = world(9, bad, true);
            showAll(simulation, 0);
            simulation.run(3 * SECOND);
            hashes[i] = simulation.traceHash();
        }
        assertThat(hashes[0]).isEqualTo(hashes[1]);
    }
}
