package dev.parley.sfu.sctp;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.sctp.packet.Chunk;
import dev.parley.sfu.sctp.packet.CookieEchoChunk;
import dev.parley.sfu.sctp.packet.DataChunk;
import dev.parley.sfu.sctp.packet.DataHeader;
import dev.parley.sfu.sctp.packet.InitChunk;
import dev.parley.sfu.sctp.packet.InitParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An association under test, and a peer of it that sends whatever a test wants: its own side is only numbers.
final class RawPeer implements SctpOutput {
    static final int OUR_TAG = 0x1234_5678;
    static final int FIRST_TSN = 1000;
    private static final long START_NS = 3_600_000_000_000L;

    final Counters counters = new Counters();
    final List<byte[]> sent = new ArrayList<>();
    final List<SctpEvent> events = new ArrayList<>();
    final SctpAssociation association;
    long nowNs = START_NS;
    boolean interleaved;
    int theirTag;
    int theirFirstTsn;

    RawPeer(SctpSettings settings) {
        association = new SctpAssociation(settings, this, counters, Rng.seeded(5));
    }

    static RawPeer connected() {
        return connected(SctpSettings.of(Limits.defaults()).withInterleaving(false));
    }

    static RawPeer connected(SctpSettings settings) {
        RawPeer peer = new RawPeer(settings);
        peer.interleaved = settings.interleaving();
        peer.connect();
        return peer;
    }

    @Override
    public void send(byte[] array, int offset, int length) {
        sent.add(Arrays.copyOfRange(array, offset, offset + length));
    }

    InitChunk init(int tag) {
        return new InitChunk(
                false, tag, 1_000_000, 65_535, 65_535, FIRST_TSN, InitParameters.of(true, true, interleaved, false));
    }

    void connect() {
        InitChunk ack = initAck(OUR_TAG);
        receive(ack.initiateTag(), new CookieEchoChunk(ack.parameters().cookie()));
        sent.clear();
    }

    /// Says INIT and takes the answer as that of the peer.
    InitChunk initAck(int tag) {
        sent.clear();
        receive(0, init(tag));
        InitChunk ack = (InitChunk) Wire.chunks(sent.getLast()).getFirst();
        theirTag = ack.initiateTag();
        theirFirstTsn = ack.initialTsn();
        return ack;
    }

    void receive(int tag, Chunk... chunks) {
        receive(Wire.packet(tag, chunks));
    }

    void receive(byte[] packet) {
        association.receive(packet, 0, packet.length, nowNs);
        poll();
    }

    void say(Chunk... chunks) {
        receive(theirTag, chunks);
    }

    /// A fragment of a message on stream 0.
    DataChunk fragment(int tsn, int number, boolean begin, boolean end, int bytes) {
        return fragment(0, tsn, number, begin, end, false, bytes);
    }

    DataChunk fragment(int stream, int tsn, int number, boolean begin, boolean end, boolean unordered, int bytes) {
        DataHeader header = new DataHeader(interleaved, false, unordered, begin, end, tsn, stream, number, 0, 53);
        return new DataChunk(header, new byte[bytes], 0, bytes);
    }

    void pass(long ns) {
        long untilNs = nowNs + ns;
        while (association.nextTimeNs() <= untilNs) {
            nowNs = Math.max(nowNs, association.nextTimeNs());
            association.onTime(nowNs);
            poll();
        }
        nowNs = untilNs;
    }

    void poll() {
        for (@Nullable SctpEvent e = association.poll(); e != null; e = association.poll()) {
            events.add(e);
        }
    }

    <E extends SctpEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <C extends Chunk> List<C> said(Class<C> kind) {
        return Wire.all(sent, kind);
    }

    @Nullable
    SctpEnd end() {
        List<SctpEvent.Ended> ended = events(SctpEvent.Ended.class);
        return ended.isEmpty() ? null : ended.getFirst().end();
    }
}
