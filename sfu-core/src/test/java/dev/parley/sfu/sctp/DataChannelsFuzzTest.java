package dev.parley.sfu.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.sctp.packet.Payload;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Channels before a peer that keeps to SCTP and to nothing above it: it opens, answers, says and resets whatever on
/// whatever stream. Nothing throws, the association lives, and no more is held than the limits say.
class DataChannelsFuzzTest {
    private static final int STEPS_PER_PAIR = 200;

    @Test
    @DisplayName("hostile D05 whatever is opened, answered, said and reset on whatever stream")
    void hostile_D05_whateverOnWhateverStream() {
        Fuzz.random(Fuzz.runs(200_000) / STEPS_PER_PAIR, random -> {
            Pair pair = new Pair(random);
            for (int i = 0; i < STEPS_PER_PAIR; i++) {
                pair.step();
                assertThat(pair.ours.channels().size())
                        .isLessThanOrEqualTo(SctpRig.SETTINGS.limits().sctpStreams());
                assertThat(pair.ours.heldBytes()).isLessThanOrEqualTo(1024 * 1024);
            }
            pair.calmDown();
            assertThat(pair.end).isNull();
            assertThat(pair.ours.isConnected()).isTrue();
            assertThat(pair.ours.channels()).isEmpty();
            assertThat(pair.ours.heldBytes()).isZero();
        });
    }

    /// Our channels, and an association that stands for the peer.
    private static final class Pair implements DataChannelListener {
        private static final int STREAMS = 8;
        private static final int[] KINDS = {50, 50, 50, 51, 53, 56, 57, 1234};

        private final SplittableRandom random;
        private final ArrayDeque<byte[]> toUs = new ArrayDeque<>();
        private final ArrayDeque<byte[]> toThem = new ArrayDeque<>();
        private final SctpAssociation theirs;
        private final DataChannels ours;
        private long nowNs = 3_600_000_000_000L;
        private @Nullable SctpEnd end;

        Pair(SplittableRandom random) {
            this.random = random;
            SctpSettings settings = SctpSettings.of(Limits.defaults()).withInterleaving(random.nextBoolean());
            Counters counters = new Counters();
            theirs = new SctpAssociation(settings, into(toUs), counters, Rng.seeded(random.nextLong()));
            ours = new DataChannels(
                    settings, random.nextBoolean(), into(toThem), this, counters, Rng.seeded(random.nextLong()));
            theirs.connect(nowNs);
            carry();
        }

        private static SctpOutput into(ArrayDeque<byte[]> queue) {
            return (array, offset, length) -> queue.add(Arrays.copyOfRange(array, offset, offset + length));
        }

        void step() {
            switch (random.nextInt(8)) {
                case 0 -> theirs.resetStream(random.nextInt(STREAMS), nowNs);
                case 1 -> ours.open(ChannelOptions.of("ours"), nowNs);
                case 2 -> ours.negotiated(random.nextInt(STREAMS), ChannelOptions.of("agreed"), nowNs);
                case 3 -> say();
                case 4, 5 -> carry();
                default -> {
                    int ppid = KINDS[random.nextInt(KINDS.length)];
                    Reliability reliability = Reliability.reliable(random.nextBoolean());
                    theirs.send(random.nextInt(STREAMS), ppid, Payload.of(message()), reliability, nowNs);
                }
            }
        }

        private byte[] message() {
            byte[] message = Dcep.open(ChannelOptions.of("theirs").withPriority(random.nextInt(1_000)));
            return switch (random.nextInt(6)) {
                case 0 -> Dcep.ack();
                case 1 -> Arrays.copyOf(message, 1 + random.nextInt(message.length));
                case 2 -> {
                    message[random.nextInt(message.length)] = (byte) random.nextInt();
                    yield message;
                }
                default -> message;
            };
        }

        private void say() {
            List<DataChannel> channels = ours.channels();
            if (!channels.isEmpty()) {
                DataChannel one = channels.get(random.nextInt(channels.size()));
                one.send(MessageKind.BINARY, Payload.of(new byte[random.nextInt(3_000)]), nowNs);
                if (random.nextBoolean()) {
                    one.close(nowNs);
                }
            }
        }

        /// What is under way arrives, a tenth of it does not.
        private void carry() {
            nowNs += 20_000_000;
            for (int count = toUs.size(); count > 0; count--) {
                byte[] packet = toUs.remove();
                if (random.nextInt(10) > 0) {
                    ours.receive(packet, 0, packet.length, nowNs);
                }
            }
            for (int count = toThem.size(); count > 0; count--) {
                byte[] packet = toThem.remove();
                if (random.nextInt(10) > 0) {
                    theirs.receive(packet, 0, packet.length, nowNs);
                }
            }
            ours.onTime(nowNs);
            theirs.onTime(nowNs);
            while (theirs.poll() != null) {
                nowNs++;
            }
        }

        /// All is closed, and the peer resets whatever is left.
        void calmDown() {
            for (int i = 0;
                    i < 3_000 && (ours.heldBytes() > 0 || !ours.channels().isEmpty());
                    i++) {
                ours.channels().forEach(channel -> channel.close(nowNs));
                if (i % 500 == 0) {
                    ours.channels().forEach(channel -> theirs.resetStream(channel.id(), nowNs));
                }
                carry();
            }
        }

        @Override
        public void opened(DataChannel channel) {
            if (random.nextInt(8) == 0) {
                channel.close(nowNs);
            }
        }

        @Override
        public void message(DataChannel channel, MessageKind kind, byte[] bytes) {
            channel.send(kind, Payload.of(bytes), nowNs);
        }

        @Override
        public void peerStuck() {}

        @Override
        public void ended(SctpEnd why) {
            end = why;
        }
    }
}
