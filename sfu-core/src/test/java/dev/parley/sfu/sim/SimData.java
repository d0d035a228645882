package dev.parley.sfu.sim;

import dev.parley.sfu.sctp.ChannelOptions;
import dev.parley.sfu.sctp.DataChannel;
import dev.parley.sfu.sctp.DataChannelListener;
import dev.parley.sfu.sctp.DataChannels;
import dev.parley.sfu.sctp.MessageKind;
import dev.parley.sfu.sctp.SctpEnd;
import dev.parley.sfu.sctp.packet.Payload;
import dev.parley.sfu.session.ClientSession;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The data channels of a client in virtual time, by their labels: notes what it is told. On the client's loop.
final class SimData implements DataChannelListener {
    final List<DataChannel> opened = new ArrayList<>();
    final List<String> texts = new ArrayList<>();

    @Nullable
    SctpEnd end;

    private final SimLoop loop;
    private final ClientSession session;
    private final List<ChannelOptions> wanted = new ArrayList<>();
    private final Map<Integer, ChannelOptions> wantedIds = new HashMap<>();
    private final Map<String, DataChannel> own = new HashMap<>();
    private boolean connected;

    SimData(SimLoop loop, ClientSession session) {
        this.loop = loop;
        this.session = session;
    }

    private DataChannels channels() {
        return Objects.requireNonNull(session.data(), "the answer did not take data channels");
    }

    /// Opens a channel, now or when there is an association.
    void open(ChannelOptions options) {
        loop.post(() -> {
            if (connected) {
                openNow(options);
            } else {
                wanted.add(options);
            }
        });
    }

    private void openNow(ChannelOptions options) {
        own.put(options.label(), Objects.requireNonNull(channels().open(options, loop.nowNs())));
    }

    /// A channel whose id the server knows; once there is an association.
    void agreed(int id, ChannelOptions options) {
        wantedIds.put(id, options);
    }

    void send(String label, String text) {
        Payload payload = Payload.of(text.getBytes(StandardCharsets.UTF_8));
        loop.post(() -> Objects.requireNonNull(own.get(label)).send(MessageKind.TEXT, payload, loop.nowNs()));
    }

    @Override
    public void connected() {
        connected = true;
        wanted.forEach(this::openNow);
        wantedIds.forEach((id, options) ->
                own.put(options.label(), Objects.requireNonNull(channels().negotiated(id, options, loop.nowNs()))));
    }

    @Override
    public void opened(DataChannel channel) {
        opened.add(channel);
    }

    @Override
    public void message(DataChannel channel, MessageKind kind, byte[] bytes) {
        texts.add(new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public void peerStuck() {}

    @Override
    public void ended(SctpEnd why) {
        end = why;
    }
}
