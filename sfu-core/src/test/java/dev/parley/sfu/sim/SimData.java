package dev.parley.sfu.sim;

import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.base.Timed;
import dev.parley.sfu.sctp.ChannelOptions;
import dev.parley.sfu.sctp.DataChannel;
import dev.parley.sfu.sctp.DataChannelListener;
import dev.parley.sfu.sctp.DataChannels;
import dev.parley.sfu.sctp.MessageKind;
import dev.parley.sfu.sctp.SctpEnd;
import dev.parley.sfu.sctp.SctpOutput;
import dev.parley.sfu.sctp.SctpSettings;
import dev.parley.sfu.sctp.packet.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The data channels of a client in virtual time: notes what it is told. On the client's loop.
final class SimData extends Timed implements DataChannelListener {
    private static final String MID = "data";
    private static final String SECTION =
            "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=mid:" + MID
                    + "\r\na=sctp-port:5000\r\na=max-message-size:262144\r\n";

    final List<DataChannel> opened = new ArrayList<>();
    final List<String> texts = new ArrayList<>();

    @Nullable
    SctpEnd end;

    private final SimLoop loop;
    private final DataChannels channels;

    SimData(SimLoop loop, SctpOutput output, Rng rng) {
        this.loop = loop;
        channels = new DataChannels(SctpSettings.of(Limits.defaults()), true, output, this, loop.counters(), rng);
    }

    /// The offer with a section for data behind the others.
    static String added(String offer) {
        return offer.replaceFirst("(a=group:BUNDLE[^\r\n]*)", "$1 " + MID) + SECTION;
    }

    /// The answer without it.
    static String removed(String answer) {
        return answer.substring(0, answer.indexOf("m=application"))
                .replaceFirst("(a=group:BUNDLE[^\r\n]*) " + MID, "$1");
    }

    void connect() {
        channels.connect(loop.nowNs());
        loop.touched(this);
    }

    void receive(byte[] array, int offset, int length) {
        channels.receive(array, offset, length, loop.nowNs());
        loop.touched(this);
    }

    DataChannel open(ChannelOptions options) {
        DataChannel channel = Objects.requireNonNull(channels.open(options, loop.nowNs()));
        loop.touched(this);
        return channel;
    }

    void send(DataChannel channel, String text) {
        Payload payload = Payload.of(text.getBytes(StandardCharsets.UTF_8));
        loop.post(() -> {
            channel.send(MessageKind.TEXT, payload, loop.nowNs());
            loop.touched(this);
        });
    }

    @Override
    public long nextTimeNs() {
        return channels.nextTimeNs();
    }

    @Override
    public void onTime(long nowNs) {
        channels.onTime(nowNs);
    }

    @Override
    public void connected() {}

    @Override
    public void opened(DataChannel channel) {
        opened.add(channel);
    }

    @Override
    public void message(DataChannel channel, MessageKind kind, byte[] bytes) {
        texts.add(new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public void bufferedAmountLow(DataChannel channel) {}

    @Override
    public void closed(DataChannel channel) {}

    @Override
    public void peerStuck() {}

    @Override
    public void ended(SctpEnd why) {
        end = why;
    }
}
