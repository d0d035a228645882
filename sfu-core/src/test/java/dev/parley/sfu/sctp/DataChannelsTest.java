package dev.parley.sfu.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.LinkConfig;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.sctp.packet.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataChannelsTest {
    private static final int SECOND = 1;

    @Test
    void eitherSideOpensAChannelAndBothTalk() {
        SctpRig rig = SctpRig.connected();
        DataChannel hers = rig.alice.open(ChannelOptions.of("hers"));
        DataChannel his = rig.bob.open(ChannelOptions.of("his"));
        rig.run(SECOND);
        assertThat(hers.id()).isEqualTo(0);
        assertThat(his.id()).isEqualTo(1);
        assertThat(rig.bob.opened).extracting(DataChannel::label).containsExactlyInAnyOrder("his", "hers");
        rig.alice.send(hers, "one");
        rig.bob.send(his, "two");
        rig.bob.send(rig.bob.channels.channels().getFirst(), "three");
        rig.run(SECOND);
        assertThat(rig.bob.texts()).containsExactly("one");
        assertThat(rig.alice.texts()).containsExactlyInAnyOrder("two", "three");
    }

    @Test
    void theOptionsReachThePeer() {
        SctpRig rig = SctpRig.connected();
        ChannelOptions options = new ChannelOptions("ä label", "chat/1", Reliability.lifetime(false, 250_000_000), 512);
        rig.alice.open(options);
        rig.alice.open(ChannelOptions.of("").with(Reliability.retransmits(true, 3)));
        rig.run(SECOND);
        assertThat(rig.bob.opened.get(0).options()).isEqualTo(options);
        assertThat(rig.bob.opened.get(1).options().reliability()).isEqualTo(Reliability.retransmits(true, 3));
    }

    @Test
    void whatIsSentBeforeTheConnectionIsDeliveredAfterIt() {
        SctpRig rig = new SctpRig(1, LinkConfig.perfect().withDelayMs(10));
        DataChannel channel = rig.alice.open(ChannelOptions.of("early"));
        rig.alice.send(channel, "first");
        rig.alice.start();
        rig.run(SECOND);
        assertThat(rig.bob.texts()).containsExactly("first");
        assertThat(channel.state()).isEqualTo(DataChannel.State.OPEN);
    }

    @Test
    void aNegotiatedChannelNeedsNoQuestion() {
        SctpRig rig = new SctpRig(1, LinkConfig.perfect().withDelayMs(10));
        ChannelOptions options = ChannelOptions.of("both know").with(Reliability.reliable(false));
        DataChannel hers = Objects.requireNonNull(rig.alice.channels.negotiated(7, options, rig.alice.nowNs()));
        Objects.requireNonNull(rig.bob.channels.negotiated(7, options, rig.bob.nowNs()));
        rig.alice.start();
        rig.run(SECOND);
        assertThat(rig.alice.opened).hasSize(1);
        assertThat(rig.bob.opened).hasSize(1);
        rig.alice.send(hers, "hello");
        rig.run(SECOND);
        assertThat(rig.bob.texts()).containsExactly("hello");
    }

    @Test
    void anIdIsTakenOnlyOnce() {
        SctpRig rig = SctpRig.connected();
        long now = rig.alice.nowNs();
        assertThat(rig.alice.channels.negotiated(4, ChannelOptions.of(""), now)).isNotNull();
        assertThat(rig.alice.channels.negotiated(4, ChannelOptions.of(""), now)).isNull();
        assertThat(rig.alice.channels.negotiated(-1, ChannelOptions.of(""), now))
                .isNull();
        assertThat(rig.alice.channels.negotiated(1024, ChannelOptions.of(""), now))
                .isNull();
        assertThat(rig.alice.open(ChannelOptions.of("")).id()).isEqualTo(0);
        assertThat(rig.alice.open(ChannelOptions.of("")).id()).isEqualTo(2);
        assertThat(rig.alice.open(ChannelOptions.of("")).id()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 1000, 1160, 1161, 16_384, 65_536, 262_143, 262_144})
    void messagesOfAllLengthsComeAsTheyWere(int bytes) {
        SctpRig rig = SctpRig.connected();
        DataChannel channel = rig.alice.open(ChannelOptions.of("lengths"));
        byte[] message = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            message[i] = (byte) (i * 7);
        }
        rig.alice.send(channel, MessageKind.BINARY, message);
        rig.alice.send(channel, MessageKind.TEXT, message);
        rig.run(5);
        assertThat(rig.bob.received).hasSize(2);
        assertThat(rig.bob.received.get(0).kind()).isEqualTo(MessageKind.BINARY);
        assertThat(rig.bob.received.get(1).kind()).isEqualTo(MessageKind.TEXT);
        assertThat(rig.bob.received.get(0).bytes()).isEqualTo(message);
        assertThat(rig.bob.received.get(1).bytes()).isEqualTo(message);
    }

    @Test
    void whatThePeerDoesNotTakeIsNotSent() {
        SctpRig rig = SctpRig.connected(SctpRig.SETTINGS.withPeerMessageBytesMax(1000), SctpRig.SETTINGS);
        DataChannel channel = rig.alice.open(ChannelOptions.of("short"));
        assertThat(rig.alice.send(channel, MessageKind.BINARY, new byte[1001])).isEqualTo(SendResult.TOO_LONG);
        assertThat(rig.alice.send(channel, MessageKind.BINARY, new byte[1000])).isEqualTo(SendResult.QUEUED);
    }

    /// One array for all, and a tail of each one's own.
    @Test
    void receiversOfAFanOutShareTheBytes() {
        SctpRig rig = SctpRig.connected();
        DataChannel one = rig.alice.open(ChannelOptions.of("one"));
        DataChannel two = rig.alice.open(ChannelOptions.of("two"));
        byte[] shared = "s".repeat(5_000).getBytes(StandardCharsets.UTF_8);
        one.send(MessageKind.TEXT, new Payload(shared, new byte[] {'1'}), rig.alice.nowNs());
        two.send(MessageKind.TEXT, new Payload(shared, new byte[] {'2', '2'}), rig.alice.nowNs());
        rig.alice.touched();
        rig.run(SECOND);
        assertThat(rig.bob.texts()).containsExactlyInAnyOrder("s".repeat(5_000) + "1", "s".repeat(5_000) + "22");
    }

    @Test
    void closingSendsWhatWaitsAndClosesBothEnds() {
        SctpRig rig = SctpRig.connected();
        DataChannel channel = rig.alice.open(ChannelOptions.of("short-lived"));
        rig.run(SECOND);
        rig.alice.send(channel, MessageKind.BINARY, new byte[100_000]);
        rig.alice.close(channel);
        assertThat(rig.alice.send(channel, "too late")).isEqualTo(SendResult.CLOSED);
        rig.run(3);
        assertThat(rig.bob.received).hasSize(1);
        assertThat(rig.bob.closed).hasSize(1);
        assertThat(rig.alice.closed).containsExactly(channel);
        assertThat(channel.state()).isEqualTo(DataChannel.State.CLOSED);
    }

    @Test
    void bothMayCloseAtOnce() {
        SctpRig rig = SctpRig.connected();
        DataChannel hers = rig.alice.open(ChannelOptions.of("both"));
        rig.run(SECOND);
        rig.alice.close(hers);
        rig.bob.close(rig.bob.opened.getFirst());
        rig.run(3);
        assertThat(rig.alice.closed).hasSize(1);
        assertThat(rig.bob.closed).hasSize(1);
        assertThat(rig.alice.channels.channels()).isEmpty();
        assertThat(rig.bob.channels.channels()).isEmpty();
    }

    @Test
    void aChannelClosedBeforeTheConnectionIsClosedWithIt() {
        SctpRig rig = new SctpRig(1, LinkConfig.perfect().withDelayMs(10));
        DataChannel channel = rig.alice.open(ChannelOptions.of("never"));
        rig.alice.close(channel);
        rig.alice.start();
        rig.run(3);
        assertThat(rig.alice.closed).containsExactly(channel);
        assertThat(rig.bob.channels.channels()).isEmpty();
    }

    @Test
    void aNameThatIsTooLongIsRefused() {
        Limits limits = Limits.defaults();
        SctpRig rig = SctpRig.connected();
        rig.alice.open(ChannelOptions.of("x".repeat(limits.dataChannelNameBytes() + 1)));
        rig.alice.open(ChannelOptions.of("x".repeat(limits.dataChannelNameBytes())));
        rig.run(3);
        assertThat(rig.bob.opened).hasSize(1);
        assertThat(rig.alice.closed).hasSizeLessThanOrEqualTo(1);
        assertThat(rig.bob.counters.get(SfuCounter.DATA_CHANNEL_REFUSED)).isEqualTo(1);
    }

    /// An echo from within the listener: nobody is called in the middle of something.
    @Test
    void aListenerMayAnswerAtOnce() {
        SctpRig rig = SctpRig.connected();
        rig.bob.reader = (channel, kind, bytes) -> {
            channel.send(kind, Payload.of(bytes), rig.bob.nowNs());
            channel.close(rig.bob.nowNs());
        };
        DataChannel channel = rig.alice.open(ChannelOptions.of("echo"));
        rig.alice.send(channel, "hello");
        rig.run(3);
        assertThat(rig.alice.texts()).containsExactly("hello");
        assertThat(rig.alice.closed).containsExactly(channel);
    }

    @Test
    void saysWhenWhatWaitsHasFallenToTheThreshold() {
        SctpRig rig = new SctpRig(1, LinkConfig.perfect().withDelayMs(10).withRate(1_000_000, 200));
        rig.alice.start();
        DataChannel channel = rig.alice.open(ChannelOptions.of("bulk"));
        rig.run(SECOND);
        channel.lowThreshold(20_000);
        rig.alice.send(channel, MessageKind.BINARY, new byte[200_000]);
        assertThat(channel.buffered()).isGreaterThan(150_000);
        assertThat(rig.alice.low).isEmpty();
        rig.run(5);
        assertThat(rig.alice.low).containsExactly(channel);
        assertThat(channel.buffered()).isZero();
    }

    @Test
    void allChannelsCloseWithTheAssociation() {
        SctpRig rig = SctpRig.connected();
        rig.alice.open(ChannelOptions.of("one"));
        rig.bob.open(ChannelOptions.of("two"));
        rig.run(SECOND);
        rig.alice.channels.abort("enough", rig.alice.nowNs());
        rig.run(SECOND);
        assertThat(rig.alice.end).isEqualTo(new SctpEnd(SctpEnd.Reason.ABORTED, "enough"));
        assertThat(rig.bob.end).isEqualTo(new SctpEnd(SctpEnd.Reason.PEER_ABORTED, "enough"));
        assertThat(rig.alice.closed).hasSize(2);
        assertThat(rig.bob.closed).hasSize(2);
        assertThat(rig.bob.channels.nextTimeNs()).isEqualTo(Long.MAX_VALUE);
    }
}
