package dev.parley.sfu.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.netsim.LinkConfig;
import dev.parley.sfu.base.LimitsWith;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.sctp.packet.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Peers that open, close and number their channels as nobody should.
class DataChannelsHostileTest {
    private static final int CHANNELS = 10_000;
    private static final int AT_ONCE_EACH = 200;

    @Test
    @DisplayName("hostile D05 ten thousand channels opened and closed by either side leave nothing behind")
    void hostile_D05_tenThousandChannelsOpenedAndClosedLeaveNothing() {
        new Churn(new SctpRig(1, LinkConfig.perfect().withDelayMs(10))).run(CHANNELS);
    }

    @Test
    @DisplayName("hostile D05 nor do they over a network that loses, doubles and reorders")
    void hostile_D05_norOverABadNetwork() {
        LinkConfig bad = LinkConfig.perfect()
                .withDelayMs(10)
                .withLoss(0.1)
                .withDuplicate(0.02)
                .withReorder(0.05, 20);
        Fuzz.seeds(5, seed -> new Churn(new SctpRig(seed, bad)).run(CHANNELS / 5));
    }

    /// Two that open the next channel as soon as one is closed, say its number and hear it again. Then one of them
    /// closes it: of even numbers the one who opened it, of odd ones the other.
    private static final class Churn {
        private final SctpRig rig;
        private final Map<String, Integer> heard = new HashMap<>();
        private final Map<String, Integer> cameBack = new HashMap<>();
        private int opened;

        Churn(SctpRig rig) {
            this.rig = rig;
            echoes(rig.alice);
            echoes(rig.bob);
            rig.alice.start();
        }

        private void echoes(SctpPeer one) {
            int own = one == rig.alice ? 0 : 1;
            one.reader = (channel, kind, bytes) -> {
                String text = new String(bytes, StandardCharsets.UTF_8);
                boolean mine = (channel.id() & 1) == own;
                (mine ? cameBack : heard).merge(text, 1, Integer::sum);
                if (!mine) {
                    channel.send(kind, Payload.of(bytes), one.nowNs());
                }
                if (mine == (Integer.parseInt(text) % 2 == 0)) {
                    channel.close(one.nowNs());
                }
            };
        }

        void run(int count) {
            for (int step = 0; cameBack.size() < count && step < 200_000; step++) {
                open(rig.alice, 0, count);
                open(rig.bob, 1, count);
                rig.run(0.005);
            }
            rig.run(120);
            assertThat(heard)
                    .hasSize(count)
                    .allSatisfy((text, times) -> assertThat(times).isEqualTo(1));
            assertThat(cameBack).isEqualTo(heard);
            for (SctpPeer one : List.of(rig.alice, rig.bob)) {
                assertThat(one.end).isNull();
                assertThat(one.opened.size()).isEqualTo(count);
                assertThat(one.closed.size()).isEqualTo(count);
                assertThat(one.channels.channels()).isEmpty();
                assertThat(one.channels.heldBytes()).isZero();
                assertThat(one.counters.get(SfuCounter.DATA_CHANNEL_REFUSED)).isZero();
            }
        }

        private void open(SctpPeer one, int parity, int count) {
            long own = one.channels.channels().stream()
                    .filter(channel -> (channel.id() & 1) == parity)
                    .count();
            for (; own < AT_ONCE_EACH && opened < count; own++) {
                one.send(one.open(ChannelOptions.of("channel")), String.valueOf(opened++));
            }
        }
    }

    @Test
    @DisplayName("hostile D05 no more channels than the limit")
    void hostile_D05_noMoreChannelsThanTheLimit() {
        SctpSettings patient = SctpSettings.of(LimitsWith.of("dataChannels", 500));
        SctpRig rig = SctpRig.connected(patient, SctpRig.SETTINGS);
        List<DataChannel> wanted = new ArrayList<>();
        for (int i = 0; i < 410; i++) {
            wanted.add(rig.alice.open(ChannelOptions.of("channel " + i)));
        }
        rig.run(5);
        assertThat(rig.bob.channels.channels()).hasSize(400);
        assertThat(wanted).filteredOn(c -> c.state() == DataChannel.State.OPEN).hasSize(400);
        assertThat(wanted)
                .filteredOn(c -> c.state() == DataChannel.State.CLOSED)
                .hasSize(10);
        assertThat(rig.bob.counters.get(SfuCounter.LIMIT_DATA_CHANNELS)).isEqualTo(10);
        assertThat(rig.bob.channels.open(ChannelOptions.of("mine"), rig.bob.nowNs()))
                .isNull();
    }

    /// Of two DTLS clients, which there cannot be, each thinks that even ids are its own.
    @Test
    @DisplayName("hostile D05 the same id wanted by both sides is given to neither")
    void hostile_D05_theSameIdFromBothSides() {
        SctpRig rig = new SctpRig(1, LinkConfig.perfect().withDelayMs(10));
        SctpPeer alsoEven = rig.another(true);
        rig.alice.start();
        rig.run(1);
        DataChannel one = rig.alice.open(ChannelOptions.of("mine"));
        DataChannel two = alsoEven.open(ChannelOptions.of("no, mine"));
        assertThat(one.id()).isEqualTo(two.id());
        rig.run(3);
        for (SctpPeer each : List.of(rig.alice, alsoEven)) {
            assertThat(each.opened).isEmpty();
            assertThat(each.closed).hasSize(1);
            assertThat(each.channels.channels()).isEmpty();
            assertThat(each.counters.get(SfuCounter.DATA_CHANNEL_REFUSED)).isEqualTo(1);
            assertThat(each.end).isNull();
        }
    }

    @Test
    @DisplayName("hostile D05 an even id from the side whose ids are odd is refused")
    void hostile_D05_anIdOfTheWrongParity() {
        SctpRig rig = new SctpRig(1, LinkConfig.perfect().withDelayMs(10));
        SctpPeer alsoEven = rig.another(true);
        rig.alice.start();
        rig.run(1);
        for (int i = 0; i < 1_000; i++) {
            DataChannel wrong = alsoEven.open(ChannelOptions.of("even as well"));
            rig.run(0.1);
            assertThat(wrong.state()).isEqualTo(DataChannel.State.CLOSED);
        }
        assertThat(rig.alice.opened).isEmpty();
        assertThat(rig.alice.counters.get(SfuCounter.DATA_CHANNEL_REFUSED)).isEqualTo(1_000);
        assertThat(rig.alice.end).isNull();
    }

    @Test
    @DisplayName("hostile D05 an id that was agreed on is not to be asked for")
    void hostile_D05_anIdThatIsTaken() {
        SctpRig rig = SctpRig.connected();
        Objects.requireNonNull(rig.bob.channels.negotiated(0, ChannelOptions.of("mine"), rig.bob.nowNs()));
        rig.alice.open(ChannelOptions.of("the same id"));
        rig.run(3);
        assertThat(rig.bob.closed).hasSize(1);
        assertThat(rig.bob.counters.get(SfuCounter.DATA_CHANNEL_REFUSED)).isEqualTo(1);
        assertThat(rig.alice.channels.channels()).isEmpty();
        assertThat(rig.bob.channels.channels()).isEmpty();
    }
}
