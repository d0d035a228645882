package dev.parley.sfu.sim;

import dev.parley.netsim.Event;
import dev.parley.netsim.Simulation;
import dev.parley.netsim.StreamLink;
import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.rtp.synthetic.Wire;
import dev.parley.sfu.stream.FrameQueue;
import dev.parley.sfu.stream.FrameReader;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The ICE-TCP connection of one client: RFC 4571 frames over a stream link each way, cut into segments wherever it
/// happens, and on the server's side the queue that the edge has before a socket. One thread.
final class SimStream {
    /// Jitter buffers grow with what a connection does; with more than half a second nobody has a conversation.
    static final long IN_TIME_NS = 500_000_000;

    /// What was given to the queue and has not left it by then has been dropped.
    private static final long DROPPED_NS = 1_000_000_000;

    private static final int CLIENT_BUFFER_BYTES = Integer.MAX_VALUE;

    private final Simulation simulation;
    private final SimNet net;
    private final SimNet.Ends ends;
    private final StreamLink up;
    private final StreamLink down;
    private final FrameQueue queue;
    private final PacketPool packets = new PacketPool(1024);
    private final FrameReader atServer = new FrameReader(packets);
    private final FrameReader atClient = new FrameReader(packets);
    private final Map<Long, Given> waiting = new LinkedHashMap<>();
    private final ArrayDeque<Given> underWay = new ArrayDeque<>();
    private byte[] begun = {};
    private int begunFrom;
    private @Nullable Event wake;
    private long voices;
    private long voicesInTime;
    private int heldBytesMax;

    /// A packet on its way to the client.
    private record Given(byte[] datagram, long atNs, boolean voice) {}

    SimStream(Simulation simulation, SimAccess access, SimNet net, SimNet.Ends ends) {
        this.simulation = simulation;
        this.net = net;
        this.ends = ends;
        long delayNs = access.link().delayNs();
        this.up = new StreamLink(access.link(), delayNs, CLIENT_BUFFER_BYTES, simulation.nextSeed());
        this.down = new StreamLink(access.link(), delayNs, access.tcpBufferBytes(), simulation.nextSeed());
        this.queue = new FrameQueue(Limits.defaults(), new Counters());
    }

    void toServer(byte[] datagram) {
        byte[] frame = framed(datagram);
        up.write(
                frame,
                0,
                frame.length,
                simulation.nowNs(),
                (bytes, atNs) -> simulation.at(
                        atNs,
                        () -> atServer.read(
                                ByteBuffer.wrap(bytes), packet -> ends.atServer(take(packet), net.flow()))));
    }

    /// Takes over the packet, which is of a loop of the server.
    void toClient(Packet packet) {
        long nowNs = simulation.nowNs();
        byte[] datagram = packet.toBytes();
        boolean voice = packet.media() == MediaKind.AUDIO;
        voices += voice ? 1 : 0;
        waiting.put(key(datagram), new Given(datagram, nowNs, voice));
        queue.add(packet, nowNs);
        pump();
        forgetDropped(nowNs);
    }

    boolean takes(int ssrc) {
        return queue.takes(ssrc, simulation.nowNs());
    }

    /// The connection is closed: what waits is dropped.
    void close() {
        queue.close();
        if (wake != null) {
            wake.cancel();
        }
        waiting.values().forEach(given -> ends.lostToClient(given.datagram));
        waiting.clear();
    }

    /// The share of voices' packets that did not arrive, or too late to be heard.
    double gaps() {
        return voices == 0 ? 0 : 1 - (double) voicesInTime / voices;
    }

    long voices() {
        return voices;
    }

    /// The most that ever waited before the connection or in the server's system.
    int heldBytesMax() {
        return heldBytesMax;
    }

    private void pump() {
        long nowNs = simulation.nowNs();
        while (begin(nowNs)) {
            int taken = down.write(begun, begunFrom, begun.length - begunFrom, nowNs, this::arrives);
            begunFrom += taken;
            if (taken == 0) {
                break;
            }
        }
        heldBytesMax = Math.max(heldBytesMax, queue.bytes() + begun.length - begunFrom + down.bufferedBytes(nowNs));
        if (begunFrom < begun.length && wake == null) {
            wake = simulation.at(down.roomNs(), () -> {
                wake = null;
                pump();
            });
        }
    }

    /// Whether there are bytes to be written.
    private boolean begin(long nowNs) {
        if (begunFrom == begun.length) {
            Packet next = queue.poll(nowNs);
            if (next == null) {
                return false;
            }
            byte[] datagram = take(next);
            Given given = waiting.remove(key(datagram));
            underWay.add(given == null ? new Given(datagram, nowNs, false) : given);
            begun = framed(datagram);
            begunFrom = 0;
        }
        return true;
    }

    private void arrives(byte[] segment, long atNs) {
        simulation.at(
                atNs,
                () -> atClient.read(ByteBuffer.wrap(segment), packet -> {
                    Given given = underWay.remove();
                    voicesInTime += given.voice && atNs - given.atNs <= IN_TIME_NS ? 1 : 0;
                    ends.atClient(take(packet), given.atNs);
                }));
    }

    private void forgetDropped(long nowNs) {
        Iterator<Given> oldest = waiting.values().iterator();
        while (oldest.hasNext()) {
            Given given = oldest.next();
            if (nowNs - given.atNs < DROPPED_NS) {
                return;
            }
            oldest.remove();
            ends.lostToClient(given.datagram);
        }
    }

    /// A number of its own for each packet of media; others never wait long enough to be mixed up.
    private static long key(byte[] datagram) {
        return Wire.isRtp(datagram)
                ? (Wire.ssrc(datagram) & 0xffff_ffffL) << 16 | Wire.sequence(datagram)
                : -1 - datagram.length;
    }

    private static byte[] take(Packet packet) {
        byte[] bytes = packet.toBytes();
        packet.release();
        return bytes;
    }

    private static byte[] framed(byte[] datagram) {
        byte[] frame = new byte[FrameReader.PREFIX_BYTES + datagram.length];
        frame[0] = (byte) (datagram.length >> 8);
        frame[1] = (byte) datagram.length;
        System.arraycopy(datagram, 0, frame, FrameReader.PREFIX_BYTES, datagram.length);
        return frame;
    }
}
