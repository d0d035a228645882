package dev.parley.sfu.media;

import dev.parley.netsim.DropCause;
import dev.parley.netsim.Link;
import dev.parley.netsim.LinkConfig;
import dev.parley.netsim.Simulation;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Mid;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.PayloadType;
import dev.parley.sfu.rtp.Rtp;
import dev.parley.sfu.rtp.RtpHeaderWriter;
import dev.parley.sfu.rtp.rtcp.RtcpReader;
import dev.parley.sfu.rtp.rtcp.RtcpVisitor;
import dev.parley.sfu.rtp.rtcp.RtcpWriter;
import dev.parley.sfu.rtp.synthetic.Origins;
import dev.parley.sfu.rtp.synthetic.StreamNumbers;
import dev.parley.sfu.rtp.synthetic.SyntheticReceiver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A subscriber with video and audio slots on a loop of the server, a bad link, and a receiver that checks everything.
/// Without encryption; like the real sender it refuses a number that was used before.
final class ForwardingSubscriber implements MediaSink {
    private static final int OVERHEAD_BYTES = 16;
    private static final ExtensionIds IDS =
            ExtensionIds.NONE.with(ExtensionType.AUDIO_LEVEL, 10).with(ExtensionType.MID, 11);

    final SyntheticReceiver receiver;
    final Origins origins = new Origins();
    final Feeds feeds;
    final List<OutgoingTrack> videos = new ArrayList<>();
    final List<OutgoingTrack> audios = new ArrayList<>();
    int sent;
    int reused;
    int tooLong;
    private final Simulation simulation;
    private final TurnLoop loop;
    private final Link<byte[]> down;
    private final Limits limits;
    private final Rng rng;
    private final boolean rtx;
    private final PacketPool packets = new PacketPool(100);
    private final Map<Integer, OutgoingTrack> bySsrc = new HashMap<>();
    private final Map<Integer, Set<Long>> used = new HashMap<>();
    /// What the replay window of SRTP does: a datagram that came before is dropped.
    private final Set<Long> received = new HashSet<>();

    ForwardingSubscriber(
            String name, Simulation simulation, TurnLoop loop, LinkConfig link, boolean rtx, Limits limits) {
        this.simulation = simulation;
        this.loop = loop;
        this.down = new Link<>(link, simulation.nextSeed(), simulation.nowNs());
        this.limits = limits;
        this.rng = Rng.seeded(simulation.nextSeed());
        this.rtx = rtx;
        this.receiver = new SyntheticReceiver(name, 7, origins);
        this.feeds = new Feeds(loop, limits);
    }

    void addSlots(int count) {
        for (int i = 0; i < count; i++) {
            int ssrc = 10 * (i + 1);
            int rtxNumber = rtx ? 121 : PayloadType.NO_RTX;
            videos.add(slot(MediaKind.VIDEO, ssrc, new PayloadType(120, Codec.VP8, 90_000, 1, rtxNumber, ""), "v" + i));
            audios.add(slot(
                    MediaKind.AUDIO,
                    ssrc + 2,
                    new PayloadType(109, Codec.OPUS, 48_000, 2, PayloadType.NO_RTX, ""),
                    "a" + i));
        }
    }

    private OutgoingTrack slot(MediaKind kind, int ssrc, PayloadType type, String mid) {
        int rtxSsrc = type.hasRtx() ? ssrc + 1 : 0;
        OutgoingFormat format = new OutgoingFormat(kind, new Mid(mid), ssrc, rtxSsrc, List.of(type), IDS, false);
        OutgoingTrack track = new OutgoingTrack(format, feeds, this, loop.counters(), limits, rng);
        receiver.addSlot(
                new StreamNumbers(ssrc, rtxSsrc, type.number(), type.rtxNumber(), type.clockRate(), IDS, mid, ""));
        bySsrc.put(ssrc, track);
        return track;
    }

    void start() {
        simulation.every(30_000_000, () -> rtcp(writer -> receiver.feedback(writer, simulation.nowNs())));
        simulation.every(1_000_000_000, () -> rtcp(writer -> receiver.receiverReport(writer, simulation.nowNs())));
        simulation.every(200_000_000, () -> loop.turn(() -> videos.forEach(track -> track.onTime(simulation.nowNs()))));
    }

    private interface RtcpOf {
        void write(RtcpWriter writer);
    }

    private void rtcp(RtcpOf what) {
        Packet p = packets.take();
        what.write(new RtcpWriter(p, 1200));
        simulation.after(30_000_000, () -> {
            if (p.length() > 0) {
                loop.turn(() -> RtcpReader.read(p, new FromSubscriber()));
            }
            p.release();
        });
    }

    private final class FromSubscriber implements RtcpVisitor {
        @Override
        public void nack(int senderSsrc, int mediaSsrc, int pid, int blp) {
            OutgoingTrack track = bySsrc.get(mediaSsrc);
            if (track != null) {
                track.onNack(pid, simulation.nowNs());
                for (int rest = blp; rest != 0; rest &= rest - 1) {
                    track.onNack(pid + 1 + Integer.numberOfTrailingZeros(rest) & 0xffff, simulation.nowNs());
                }
            }
        }

        @Override
        public void pli(int mediaSsrc) {
            OutgoingTrack track = bySsrc.get(mediaSsrc);
            if (track != null) {
                track.onKeyFrameRequest(simulation.nowNs());
            }
        }

        @Override
        public void reportBlock(
                int senderSsrc,
                int mediaSsrc,
                int fractionLost,
                int cumulativeLost,
                int highestSeq,
                int jitter,
                int lsr,
                int dlsr) {
            OutgoingTrack track = bySsrc.get(mediaSsrc);
            if (track != null) {
                track.onReceiverReport(fractionLost, highestSeq, simulation.nowNs());
            }
        }
    }

    @Override
    public Packet packet() {
        return loop.packets().take();
    }

    @Override
    public boolean sendRtp(
            Packet out, RtpHeaderWriter header, long index, Packet source, int from, int count, Purpose purpose) {
        System.arraycopy(source.array(), from, out.array(), out.length(), count);
        out.length(out.length() + count);
        boolean fresh =
                used.computeIfAbsent(Rtp.ssrc(out), _ -> new HashSet<>()).add(index);
        sent++;
        reused += fresh ? 0 : 1;
        tooLong += out.length() + OVERHEAD_BYTES > limits.datagramBytes() ? 1 : 0;
        sendAgain(out);
        return true;
    }

    @Override
    public void sendAgain(Packet datagram) {
        byte[] bytes = datagram.toBytes();
        datagram.release();
        down.send(bytes, bytes.length, simulation.nowNs(), new Link.Outcome<>() {
            @Override
            public void arrives(byte[] packet, long atNs) {
                simulation.at(atNs, () -> receive(packet));
            }

            @Override
            public void dropped(byte[] packet, DropCause cause) {
                receiver.lostOnTheWay(packet);
            }
        });
    }

    private void receive(byte[] datagram) {
        Packet p = packets.take(datagram);
        if (received.add((long) Rtp.ssrc(p) << 16 | Rtp.sequence(p))) {
            receiver.receive(p, simulation.nowNs());
        }
        p.release();
    }

    @Override
    public boolean open() {
        return true;
    }

    @Override
    public void due() {}

    @Override
    public int overheadBytes() {
        return OVERHEAD_BYTES;
    }

    @Override
    public void undecodable(OutgoingTrack track, Codec codec) {
        throw new AssertionError(codec + " is decodable");
    }
}
