package dev.parley.sfu.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.netsim.LinkConfig;
import dev.parley.sfu.base.Bytes;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.sctp.packet.Payload;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bad networks, each with twenty seeds, in virtual time.
class SctpSimulationTest {
    private static final int SEEDS = 20;
    private static final int MESSAGES = 150;
    private static final int NUMBER_BYTES = 4;

    private static LinkConfig bad(double loss) {
        return LinkConfig.perfect()
                .withDelayMs(30)
                .withJitterMs(5)
                .withLoss(loss)
                .withDuplicate(0.02)
                .withReorder(0.02, 20);
    }

    /// The number first, then filler that follows from it.
    private static byte[] numbered(int number, int bytes) {
        byte[] message = new byte[Math.max(NUMBER_BYTES, bytes)];
        Bytes.i32(message, 0, number);
        for (int i = NUMBER_BYTES; i < message.length; i++) {
            message[i] = (byte) (number * 31 + i);
        }
        return message;
    }

    private static int numberOf(byte[] message) {
        int number = Bytes.i32(message, 0);
        assertThat(message).isEqualTo(numbered(number, message.length));
        return number;
    }

    /// Mostly short, now and then of many packets.
    private static int size(SplittableRandom random) {
        return random.nextInt(10) == 0 ? random.nextInt(10_000) : random.nextInt(400);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.02, 0.1, 0.3})
    void everyReliableMessageComesOnceAndInOrder(double loss) {
        Fuzz.seeds(SEEDS, seed -> {
            SctpSettings settings = SctpRig.SETTINGS.withInterleaving(seed % 2 == 0);
            SctpRig rig = new SctpRig(seed, bad(loss), settings, SctpRig.SETTINGS);
            rig.alice.start();
            if (seed % 3 == 0) {
                rig.bob.start();
            }
            Talk toBob = new Talk(rig.alice, Reliability.reliable(true));
            Talk toAlice = new Talk(rig.bob, Reliability.reliable(true));
            Talk unordered = new Talk(rig.alice, Reliability.reliable(false));
            rig.run(300);
            assertThat(toBob.arrivedAt(rig.bob)).isEqualTo(numbers());
            assertThat(toAlice.arrivedAt(rig.alice)).isEqualTo(numbers());
            assertThat(unordered.arrivedAt(rig.bob)).hasSize(MESSAGES).hasSameElementsAs(numbers());
            assertThat(rig.alice.channels.heldBytes()).isZero();
            assertThat(rig.bob.channels.heldBytes()).isZero();
        });
    }

    private static List<Integer> numbers() {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            all.add(i);
        }
        return all;
    }

    /// Numbered messages on one channel, one each 20 ms.
    private static final class Talk {
        private final SctpPeer from;
        private final DataChannel channel;
        private final SplittableRandom random;
        private int next;

        Talk(SctpPeer from, Reliability reliability) {
            this.from = from;
            channel = from.open(ChannelOptions.of("talk").with(reliability));
            random = new SplittableRandom(from.simulation.nextSeed());
            say();
        }

        private void say() {
            SendResult result = from.send(channel, MessageKind.BINARY, numbered(next, size(random)));
            assertThat(result).isEqualTo(SendResult.QUEUED);
            if (++next < MESSAGES) {
                from.simulation.after(20_000_000, this::say);
            }
        }

        List<Integer> arrivedAt(SctpPeer to) {
            return to.received.stream()
                    .filter(message -> message.channel() == channel.id())
                    .map(message -> numberOf(message.bytes()))
                    .toList();
        }
    }

    /// What may be lost is lost or comes once, in order where that was promised, and never holds up what is reliable.
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.3})
    void partialReliabilityKeepsItsPromises(double loss) {
        Fuzz.seeds(SEEDS, seed -> {
            SctpSettings settings = SctpRig.SETTINGS.withInterleaving(seed % 2 == 0);
            LinkConfig link = loss == 0 ? LinkConfig.perfect().withDelayMs(30) : bad(loss);
            SctpRig rig = new SctpRig(seed, link, settings, SctpRig.SETTINGS);
            rig.alice.start();
            rig.run(20);
            Map<Talk, Reliability> lossy = new HashMap<>();
            for (boolean ordered : new boolean[] {true, false}) {
                for (Reliability each :
                        List.of(Reliability.retransmits(ordered, 0), Reliability.lifetime(ordered, 150_000_000))) {
                    lossy.put(new Talk(rig.alice, each), each);
                }
            }
            Talk reliable = new Talk(rig.alice, Reliability.reliable(true));
            rig.run(300);
            assertThat(reliable.arrivedAt(rig.bob)).isEqualTo(numbers());
            lossy.forEach((talk, reliability) -> {
                List<Integer> arrived = talk.arrivedAt(rig.bob);
                assertThat(arrived).doesNotHaveDuplicates();
                if (loss < 0.3 || reliability.retransmissionsMax() == 0) {
                    assertThat(arrived.size()).isGreaterThan(MESSAGES / 4);
                }
                if (reliability.ordered()) {
                    assertThat(arrived).isSorted();
                }
                if (loss == 0 && reliability.retransmissionsMax() == 0) {
                    assertThat(arrived.size()).isEqualTo(MESSAGES);
                }
            });
            assertThat(rig.alice.channels.heldBytes()).isZero();
        });
    }

    @Test
    void channelsComeAndGoOverABadNetwork() {
        Fuzz.seeds(SEEDS, seed -> {
            SctpRig rig = new SctpRig(seed, bad(0.1));
            rig.alice.start();
            for (int i = 0; i < 20; i++) {
                SctpPeer one = i % 2 == 0 ? rig.alice : rig.bob;
                SctpPeer two = i % 2 == 0 ? rig.bob : rig.alice;
                DataChannel channel = one.open(ChannelOptions.of("channel " + i));
                one.send(channel, "on " + i);
                one.close(channel);
                rig.run(30);
                assertThat(two.texts()).last().isEqualTo("on " + i);
                assertThat(channel.state()).isEqualTo(DataChannel.State.CLOSED);
            }
            assertThat(rig.alice.channels.channels()).isEmpty();
            assertThat(rig.bob.channels.channels()).isEmpty();
        });
    }

    @Test
    void aLinkOfTenMegabitsIsUsed() {
        double bps = throughput(1, LinkConfig.perfect().withDelayMs(25).withRate(10_000_000, 200), 20);
        System.out.printf("sctp: %.2f Mbit/s over 10 Mbit/s and 50 ms%n", bps / 1e6);
        assertThat(bps).isGreaterThan(8_500_000);
    }

    @Test
    void aLinkThatLosesAHundredthIsUsed() {
        LinkConfig link =
                LinkConfig.perfect().withDelayMs(25).withRate(10_000_000, 200).withLoss(0.01);
        DoubleSummaryStatistics all = new DoubleSummaryStatistics();
        Fuzz.seeds(SEEDS, seed -> {
            double bps = throughput(seed, link, 60);
            all.accept(bps / 1e6);
            assertThat(bps).isGreaterThan(1_800_000);
        });
        System.out.printf(
                "sctp: %.2f to %.2f Mbit/s, %.2f on average, at 1 %% loss and 50 ms%n",
                all.getMin(), all.getMax(), all.getAverage());
    }

    /// Of messages of 16 KB, from alice to bob, in bits a second.
    private static double throughput(long seed, LinkConfig link, int seconds) {
        SctpRig rig = new SctpRig(seed, link);
        rig.alice.start();
        DataChannel channel = rig.alice.open(ChannelOptions.of("bulk"));
        rig.run(1);
        long[] bytes = {0};
        rig.bob.reader = (from, kind, message) -> bytes[0] += message.length;
        channel.lowThreshold(256 * 1024);
        byte[] message = new byte[16 * 1024];
        Runnable fill = () -> {
            while (channel.buffered() < 400 * 1024
                    && channel.send(MessageKind.BINARY, Payload.of(message), rig.simulation.nowNs())
                            == SendResult.QUEUED) {
                rig.alice.touched();
            }
        };
        rig.alice.onLow = fill;
        fill.run();
        rig.run(seconds);
        return bytes[0] * 8.0 / seconds;
    }

    /// A long message does not hold up short ones of other channels where both sides interleave.
    @Test
    void shortMessagesPassLongOnes() {
        long interleavedNs = pingNs(SctpRig.SETTINGS);
        long inTurnNs = pingNs(SctpRig.SETTINGS.withInterleaving(false));
        System.out.printf(
                "sctp: a ping beside 256 KB takes %d ms, without I-DATA %d ms%n",
                interleavedNs / 1_000_000, inTurnNs / 1_000_000);
        assertThat(interleavedNs).isLessThan(inTurnNs / 2);
    }

    private static long pingNs(SctpSettings settings) {
        SctpRig rig = new SctpRig(1, LinkConfig.perfect().withDelayMs(10).withRate(2_000_000, 200), settings, settings);
        rig.alice.start();
        DataChannel bulk = rig.alice.open(ChannelOptions.of("bulk"));
        DataChannel chat = rig.alice.open(ChannelOptions.of("chat").withPriority(512));
        rig.run(1);
        BitSet came = new BitSet();
        long[] atNs = {0};
        rig.bob.reader = (channel, kind, message) -> {
            came.set(channel.id());
            if (channel.id() == chat.id()) {
                atNs[0] = rig.simulation.nowNs();
            }
        };
        rig.alice.send(bulk, MessageKind.BINARY, new byte[256 * 1024]);
        rig.run(0.2);
        long sentNs = rig.simulation.nowNs();
        rig.alice.send(chat, "ping");
        rig.run(10);
        assertThat(came.cardinality()).isEqualTo(2);
        return atNs[0] - sentNs;
    }

    /// Somebody fills the buffer again whenever half of it is free; 4 Mbit/s empty that half each second.
    @Test
    void whoTakesWhatWaitsIsNotStuckHoweverMuchThereIs() {
        SctpRig rig = new SctpRig(1, LinkConfig.perfect().withDelayMs(10).withRate(4_000_000, 200));
        rig.alice.start();
        DataChannel bulk = rig.alice.open(ChannelOptions.of("bulk"));
        rig.run(1);
        byte[] message = new byte[16 * 1024];
        int refused = 0;
        for (int i = 0; i < 600; i++) {
            if (rig.alice.channels.heldBytes() < Limits.defaults().sctpSendBytes() / 2) {
                while (rig.alice.send(bulk, MessageKind.BINARY, message) == SendResult.QUEUED) {}
                refused++;
            }
            rig.run(0.05);
        }
        assertThat(refused).as("times that it was full").isGreaterThan(15);
        assertThat(rig.alice.stuck).isZero();
    }

    /// A message each five seconds from each side, over a link that is dark four times an hour.
    @Test
    @Tag("long")
    void aDayOfChatWithOutagesLosesNothing() {
        SctpRig rig = new SctpRig(Fuzz.seed(), bad(0.05).withBlackouts(4, 8_000));
        rig.alice.start();
        DataChannel hers = rig.alice.open(ChannelOptions.of("chat"));
        rig.run(60);
        DataChannel his = rig.bob.opened.getFirst();
        int count = 24 * 3600 / 5;
        for (int i = 0; i < count; i++) {
            rig.alice.send(hers, MessageKind.BINARY, numbered(i, 100));
            rig.bob.send(his, MessageKind.BINARY, numbered(i, 3_000));
            rig.run(5);
        }
        rig.run(60);
        for (SctpPeer one : List.of(rig.alice, rig.bob)) {
            assertThat(one.end).isNull();
            assertThat(one.received).hasSize(count);
            for (int i = 0; i < count; i++) {
                assertThat(numberOf(one.received.get(i).bytes())).isEqualTo(i);
            }
        }
    }

    /// An outage costs time and nothing else.
    @Test
    void survivesAnOutageOfTwentySeconds() {
        SctpRig rig = new SctpRig(1, LinkConfig.perfect().withDelayMs(30));
        rig.alice.start();
        Talk talk = new Talk(rig.alice, Reliability.reliable(true));
        DataChannel other = rig.alice.open(ChannelOptions.of("closes meanwhile"));
        rig.run(1);
        rig.alice.link(LinkConfig.perfect().withLoss(1));
        rig.alice.close(other);
        rig.run(20);
        rig.alice.link(LinkConfig.perfect().withDelayMs(30));
        rig.run(4);
        assertThat(talk.arrivedAt(rig.bob)).isEqualTo(numbers());
        assertThat(other.state()).isEqualTo(DataChannel.State.CLOSED);
        assertThat(rig.alice.stuck).isZero();
    }
}
