package dev.parley.sfu.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.sctp.packet.Chunk;
import dev.parley.sfu.sctp.packet.DataChunk;
import dev.parley.sfu.sctp.packet.DataHeader;
import dev.parley.sfu.sctp.packet.ForwardTsnChunk;
import dev.parley.sfu.sctp.packet.Payload;
import dev.parley.sfu.sctp.packet.RandomChunk;
import dev.parley.sfu.sctp.packet.SackChunk;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Two associations in memory that talk, and a liar between them who knows tags and TSNs: in each of the eight states
/// packets are bent, made up and repeated. Nothing throws, and memory stays within the limits.
class SctpFuzzTest {
    private static final int PACKETS = 1_000_000;

    /// After so many lies a pair is given up and the next one begins.
    private static final int LIES_PER_PAIR = 200;

    /// The states in which lies are told.
    enum Where {
        CLOSED,
        COOKIE_WAIT,
        COOKIE_ECHOED,
        ESTABLISHED,
        SHUTDOWN_PENDING,
        SHUTDOWN_SENT,
        SHUTDOWN_RECEIVED,
        SHUTDOWN_ACK_SENT
    }

    @Test
    @DisplayName("hostile D01 mutated packets in all eight states")
    void hostile_D01_mutatedPacketsInAllEightStates() {
        Map<Where, Integer> reached = new EnumMap<>(Where.class);
        Fuzz.random(Fuzz.runs(PACKETS) / LIES_PER_PAIR, random -> {
            Where where = Where.values()[random.nextInt(Where.values().length)];
            Liar liar = new Liar(random);
            liar.lead(where);
            reached.merge(liar.isAt(where) ? where : Where.CLOSED, 1, Integer::sum);
            for (int i = 0; i < LIES_PER_PAIR; i++) {
                liar.lie();
            }
        });
        System.out.println("sctp: lies told from " + reached);
        assertThat(reached).containsOnlyKeys(Where.values());
    }

    /// The pair, and what is under way between the two.
    private static final class Liar {
        private static final SctpSettings SETTINGS = SctpSettings.of(Limits.defaults());
        private static final long MEMORY_MAX = 1024 * 1024 * 5 / 4;

        private final SplittableRandom random;
        private final ArrayDeque<byte[]> toAlice = new ArrayDeque<>();
        private final ArrayDeque<byte[]> toBob = new ArrayDeque<>();
        private final Counters counters = new Counters();
        private final SctpAssociation alice;
        private final SctpAssociation bob;
        private byte[] seen = new byte[0];
        private long nowNs = 3_600_000_000_000L;
        private int aliceTag;
        private int lastTsn;
        private int lastSack;

        Liar(SplittableRandom random) {
            this.random = random;
            SctpSettings settings = SETTINGS.withInterleaving(random.nextBoolean());
            alice = new SctpAssociation(settings, into(toBob), counters, Rng.seeded(random.nextLong()));
            bob = new SctpAssociation(settings, into(toAlice), counters, Rng.seeded(random.nextLong()));
        }

        private static SctpOutput into(ArrayDeque<byte[]> queue) {
            return (array, offset, length) -> queue.add(Arrays.copyOfRange(array, offset, offset + length));
        }

        /// Brings alice into the state.
        void lead(Where where) {
            switch (where) {
                case CLOSED -> {}
                case COOKIE_WAIT -> alice.connect(nowNs);
                case COOKIE_ECHOED -> {
                    alice.connect(nowNs);
                    carry(toBob, bob);
                    carry(toAlice, alice);
                }
                default -> leadBehindEstablished(where);
            }
        }

        private void leadBehindEstablished(Where where) {
            alice.connect(nowNs);
            exchange();
            say(alice, 5_000);
            exchange();
            switch (where) {
                case SHUTDOWN_PENDING -> {
                    say(alice, 3_000);
                    alice.shutdown(nowNs);
                }
                case SHUTDOWN_SENT -> alice.shutdown(nowNs);
                case SHUTDOWN_RECEIVED -> {
                    say(alice, 3_000);
                    toBob.clear();
                    bob.shutdown(nowNs);
                    carry(toAlice, alice);
                }
                case SHUTDOWN_ACK_SENT -> {
                    bob.shutdown(nowNs);
                    carry(toAlice, alice);
                }
                default -> {}
            }
        }

        boolean isAt(Where where) {
            return alice.stateName().replaceAll("([a-z])([A-Z])", "$1_$2").equalsIgnoreCase(where.name());
        }

        private void say(SctpAssociation one, int bytes) {
            Reliability reliability =
                    random.nextBoolean() ? Reliability.reliable(true) : Reliability.retransmits(false, 1);
            one.send(random.nextInt(4), 53, Payload.of(new byte[1 + random.nextInt(bytes)]), reliability, nowNs);
        }

        private void exchange() {
            for (int i = 0; i < 20; i++) {
                carry(toBob, bob);
                carry(toAlice, alice);
            }
        }

        private void carry(ArrayDeque<byte[]> queue, SctpAssociation to) {
            for (int count = queue.size(); count > 0; count--) {
                byte[] packet = queue.remove();
                if (to == alice) {
                    look(packet);
                }
                to.receive(packet, 0, packet.length, nowNs);
            }
            drain();
        }

        /// What a liar on the path learns.
        private void look(byte[] packet) {
            seen = packet;
            aliceTag = Wire.header(packet).verificationTag();
            for (Chunk chunk : Wire.chunks(packet)) {
                if (chunk instanceof DataChunk data) {
                    lastTsn = data.header().tsn();
                } else if (chunk instanceof SackChunk sack) {
                    lastSack = sack.cumulativeTsn();
                }
            }
        }

        /// One packet that bob did not send, or not so; now and then time passes and the two go on.
        void lie() {
            byte[] packet = Wire.corrected(random.nextInt(3) == 0 ? bent() : madeUp());
            alice.receive(packet, 0, packet.length, nowNs);
            if (random.nextInt(8) == 0) {
                say(alice, 2_000);
            }
            if (random.nextInt(16) == 0) {
                nowNs += random.nextLong(2_000_000_000L);
                alice.onTime(nowNs);
                bob.onTime(nowNs);
            }
            if (random.nextInt(16) == 0) {
                carry(toBob, bob);
                carry(toAlice, alice);
            }
            toBob.clear();
            drain();
            assertThat(alice.heldBytes()).isLessThanOrEqualTo(MEMORY_MAX);
            assertThat(alice.heldFragmentBytes()).isLessThanOrEqualTo(MEMORY_MAX + 2_000);
            assertThat(alice.nextTimeNs()).isGreaterThan(0);
        }

        private byte[] bent() {
            byte[] packet = seen.clone();
            for (int i = random.nextInt(4); i > 0 && packet.length > 12; i--) {
                packet[12 + random.nextInt(packet.length - 12)] = (byte) random.nextInt();
            }
            return random.nextInt(4) == 0 ? Arrays.copyOf(packet, random.nextInt(packet.length + 1)) : packet;
        }

        private byte[] madeUp() {
            Chunk[] chunks = new Chunk[1 + random.nextInt(3)];
            Arrays.setAll(chunks, i -> plausible());
            int tag = random.nextInt(20) == 0 ? 0 : aliceTag;
            return Wire.packet(tag, chunks);
        }

        /// Numbers near those that are in use get furthest.
        private Chunk plausible() {
            Chunk chunk = RandomChunk.of(random);
            return switch (chunk) {
                case DataChunk data -> near(data);
                case SackChunk sack ->
                    new SackChunk(lastSack + random.nextInt(3), sack.window(), smallGaps(), sack.duplicates());
                case ForwardTsnChunk forward ->
                    new ForwardTsnChunk(forward.interleaved(), lastTsn + random.nextInt(10), forward.skipped());
                default -> chunk;
            };
        }

        private DataChunk near(DataChunk data) {
            DataHeader h = data.header();
            DataHeader near = new DataHeader(
                    h.interleaved(),
                    h.immediate(),
                    h.unordered(),
                    h.begin(),
                    h.end(),
                    lastTsn + random.nextInt(-3, 30),
                    random.nextInt(4),
                    random.nextInt(4),
                    random.nextInt(4),
                    h.ppid());
            return new DataChunk(near, data.array(), data.offset(), data.length());
        }

        private int[] smallGaps() {
            int[] gaps = new int[2 * random.nextInt(3)];
            Arrays.setAll(gaps, i -> 2 + random.nextInt(4) + i);
            return gaps;
        }

        private void drain() {
            for (@Nullable SctpEvent e = alice.poll(); e != null; e = alice.poll()) {
                if (e instanceof SctpEvent.Message message) {
                    assertThat(message.bytes()).isNotEmpty();
                }
            }
            while (bob.poll() != null) {
                nowNs++;
            }
        }
    }
}
