package dev.parley.sfu.sctp;

import dev.parley.netsim.DropCause;
import dev.parley.netsim.Link;
import dev.parley.netsim.LinkConfig;
import dev.parley.netsim.Simulation;
import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.sctp.packet.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// One end of data channels in virtual time: sends over a link of its own to the other, and notes what it is told.
final class SctpPeer implements SctpOutput, DataChannelListener, Link.Outcome<byte[]> {
    /// A message as it came.
    record Received(int channel, MessageKind kind, byte[] bytes) {}

    /// What happens when a message has come.
    interface Reader {
        void read(DataChannel channel, MessageKind kind, byte[] bytes);
    }

    final Simulation simulation;
    final Counters counters = new Counters();
    final List<Received> received = new ArrayList<>();
    final List<DataChannel> opened = new ArrayList<>();
    final List<DataChannel> closed = new ArrayList<>();
    final List<DataChannel> low = new ArrayList<>();
    final List<byte[]> sent = new ArrayList<>();
    DataChannels channels;
    int connections;
    int stuck;

    @Nullable
    SctpEnd end;

    /// Called for each packet before the link; false drops it. The second argument counts this peer's packets from 0.
    BiPredicate<byte[], Integer> passes = (packet, number) -> true;

    Reader reader = (channel, kind, bytes) -> received.add(new Received(channel.id(), kind, bytes));
    Runnable onLow = () -> {};
    boolean keepsPackets;

    private final SctpSettings settings;
    private final boolean dtlsClient;
    private final Link<byte[]> link;
    private @Nullable SctpPeer other;
    private int packets;
    private long wakeNs = Deadlines.NEVER;

    SctpPeer(Simulation simulation, SctpSettings settings, boolean dtlsClient, LinkConfig link) {
        this.simulation = simulation;
        this.settings = settings;
        this.dtlsClient = dtlsClient;
        this.link = new Link<>(link, simulation.nextSeed(), simulation.nowNs());
        channels = fresh();
    }

    private DataChannels fresh() {
        return new DataChannels(settings, dtlsClient, this, this, counters, Rng.seeded(simulation.nextSeed()));
    }

    static void connect(SctpPeer a, SctpPeer b) {
        a.other = b;
        b.other = a;
    }

    /// Forgets everything, as a page that was loaded anew.
    void forget() {
        channels = fresh();
        wakeNs = Deadlines.NEVER;
    }

    void link(LinkConfig config) {
        link.configure(config, simulation.nowNs());
    }

    long nowNs() {
        return simulation.nowNs();
    }

    void start() {
        channels.connect(nowNs());
        touched();
    }

    DataChannel open(ChannelOptions options) {
        DataChannel channel = channels.open(options, nowNs());
        touched();
        return Objects.requireNonNull(channel);
    }

    SendResult send(DataChannel channel, MessageKind kind, byte[] bytes) {
        SendResult result = channel.send(kind, Payload.of(bytes), nowNs());
        touched();
        return result;
    }

    SendResult send(DataChannel channel, String text) {
        return send(channel, MessageKind.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    void close(DataChannel channel) {
        channel.close(nowNs());
        touched();
    }

    void shutdown() {
        channels.shutdown(nowNs());
        touched();
    }

    void receive(byte[] packet) {
        channels.receive(packet, 0, packet.length, nowNs());
        touched();
    }

    /// Sees to it that `onTime` is called when it is wanted.
    void touched() {
        long next = channels.nextTimeNs();
        if (next < wakeNs) {
            wakeNs = next;
            simulation.at(next, this::wake);
        }
    }

    private void wake() {
        if (nowNs() < wakeNs) {
            return;
        }
        wakeNs = Deadlines.NEVER;
        if (channels.nextTimeNs() <= nowNs()) {
            channels.onTime(nowNs());
        }
        touched();
    }

    List<String> texts() {
        return received.stream()
                .map(message -> new String(message.bytes(), StandardCharsets.UTF_8))
                .toList();
    }

    // ---- outputs ----

    @Override
    public void send(byte[] array, int offset, int length) {
        byte[] packet = Arrays.copyOfRange(array, offset, offset + length);
        if (keepsPackets) {
            sent.add(packet);
        }
        if (passes.test(packet, packets++)) {
            link.send(packet, length, nowNs(), this);
        }
    }

    @Override
    public void arrives(byte[] packet, long atNs) {
        simulation.at(atNs, () -> Objects.requireNonNull(other).receive(packet));
    }

    @Override
    public void dropped(byte[] packet, DropCause cause) {}

    @Override
    public void connected() {
        connections++;
    }

    @Override
    public void opened(DataChannel channel) {
        opened.add(channel);
    }

    @Override
    public void message(DataChannel channel, MessageKind kind, byte[] bytes) {
        reader.read(channel, kind, bytes);
    }

    @Override
    public void bufferedAmountLow(DataChannel channel) {
        low.add(channel);
        onLow.run();
    }

    @Override
    public void closed(DataChannel channel) {
        closed.add(channel);
    }

    @Override
    public void peerStuck() {
        stuck++;
    }

    @Override
    public void ended(SctpEnd why) {
        end = why;
    }
}
