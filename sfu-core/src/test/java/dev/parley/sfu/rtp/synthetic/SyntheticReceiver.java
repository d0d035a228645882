package dev.parley.sfu.rtp.synthetic;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.SeqUnwrapper;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.HeaderExtensions;
import dev.parley.sfu.rtp.ReceiveStatistics;
import dev.parley.sfu.rtp.Rtp;
import dev.parley.sfu.rtp.codec.RedPayload;
import dev.parley.sfu.rtp.rtcp.ArrivalRecorder;
import dev.parley.sfu.rtp.rtcp.RtcpReader;
import dev.parley.sfu.rtp.rtcp.RtcpVisitor;
import dev.parley.sfu.rtp.rtcp.RtcpWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What one client receives in its slots, checked packet by packet, and the RTCP that it sends for it: receiver
/// reports,
/// NACKs, key-frame requests. One thread.
public final class SyntheticReceiver implements RtcpVisitor {
    private static final int RTX_PREFIX_BYTES = 2;
    private static final int ARRIVALS_REMEMBERED = 1024;

    /// Sees whose packet came, in which section, beside the checks made here.
    public interface Watcher {
        /// @param ssrc of the section's media, also when the packet is a repair
        /// @param counter how many packets of the origin were made before this one
        void arrived(int ssrc, SyntheticStream origin, long counter, boolean repair, long arrivalNs);

        /// A frame of sound came with a later one.
        default void copied(SyntheticStream origin, long counter, long arrivalNs) {}
    }

    /// One receiving section.
    private static final class Slot {
        private final StreamNumbers numbers;
        private final StreamChecker checker;
        private final SyntheticDecoder decoder;
        private final ReceiveStatistics statistics = new ReceiveStatistics();
        private final SeqUnwrapper unwrapper = new SeqUnwrapper();
        private long lastPacketNs = Long.MIN_VALUE;
        private int senderReports;

        private Slot(StreamNumbers numbers, StreamChecker checker) {
            this.numbers = numbers;
            this.checker = checker;
            this.decoder = new SyntheticDecoder(checker);
            this.statistics.clockRate(numbers.clockRate());
        }

        private boolean isVideo() {
            return numbers.clockRate() == 90_000;
        }
    }

    private final String name;
    private final int ownSsrc;
    private final Origins origins;
    private final Problems problems = new Problems();
    private final List<Slot> slots = new ArrayList<>();
    private final Map<Integer, Slot> bySsrc = new HashMap<>();
    private final RedPayload red = new RedPayload();
    private final HeaderExtensions extensions = new HeaderExtensions();
    private final ArrivalRecorder arrivals = new ArrivalRecorder(ARRIVALS_REMEMBERED);
    private Watcher watcher = (ssrc, origin, counter, repair, arrivalNs) -> {};
    private int reportFrom;
    private long nowNs;

    /// @param name for messages
    /// @param origins who may be seen and heard here
    public SyntheticReceiver(String name, int ownSsrc, Origins origins) {
        this.name = name;
        this.ownSsrc = ownSsrc;
        this.origins = origins;
    }

    public String name() {
        return name;
    }

    public void watch(Watcher newWatcher) {
        watcher = newWatcher;
    }

    /// A section in which the server may send.
    public StreamChecker addSlot(StreamNumbers numbers) {
        boolean video = numbers.clockRate() == 90_000;
        String slotName = name + " slot " + numbers.mid();
        Slot slot = new Slot(numbers, new StreamChecker(slotName, video, origins, problems));
        slots.add(slot);
        bySsrc.put(numbers.ssrc(), slot);
        if (numbers.hasRtx()) {
            bySsrc.put(numbers.rtxSsrc(), slot);
        }
        return slot.checker;
    }

    /// A decrypted RTP packet.
    public void receive(Packet p, long nowNs) {
        Slot slot = Rtp.valid(p) ? bySsrc.get(Rtp.ssrc(p)) : null;
        if (slot == null) {
            problems.add(name + ": a packet that belongs to no slot");
            return;
        }
        boolean repair = Rtp.ssrc(p) != slot.numbers.ssrc();
        checkHeader(slot, p, repair);
        if (extensions.has(ExtensionType.TRANSPORT_CC, 2)) {
            arrivals.record(p.u16(extensions.offset(ExtensionType.TRANSPORT_CC)), nowNs);
        }
        int prefix = repair ? RTX_PREFIX_BYTES : 0;
        int at = Rtp.payloadOffset(p) + prefix;
        int length = Rtp.payloadLength(p) - prefix;
        if (length < 0) {
            return; // padding
        }
        int seq = repair ? p.u16(at - prefix) : Rtp.sequence(p);
        if (length == 0) {
            slot.checker.empty(seq);
            return;
        }
        if (!repair) {
            slot.statistics.received(slot.unwrapper.unwrap(seq), Rtp.timestamp(p), nowNs);
        }
        slot.lastPacketNs = nowNs;
        boolean redundant = slot.numbers.hasRed() && Rtp.payloadType(p) == slot.numbers.redPayloadType();
        if (redundant) {
            if (!red.parse(p, at, length)) {
                problems.add(slot.checker.name() + ": malformed RED #" + seq);
                return;
            }
            at = red.primaryOffset();
            length = red.primaryLength();
        }
        Arrival arrival = slot.checker.receive(p, seq, at, length, repair);
        if (redundant && arrival != null) {
            copies(slot, p, arrival, nowNs);
        }
        if (arrival != null && arrival.origin != null) {
            watcher.arrived(slot.numbers.ssrc(), arrival.origin, arrival.counter, repair, nowNs);
        }
        if (arrival != null && slot.isVideo()) {
            slot.decoder.arrived(arrival, nowNs);
        }
    }

    private void copies(Slot slot, Packet p, Arrival arrival, long nowNs) {
        for (int i = 0; i < red.redundantBlocks(); i++) {
            int timestamp = Rtp.timestamp(p) - red.timestampOffset(i);
            long counter = red.payloadType(i) == slot.numbers.payloadType()
                    ? slot.checker.copy(p, red.offset(i), red.length(i), timestamp, arrival)
                    : -1;
            if (counter < 0) {
                problems.add(slot.checker.name() + ": copy " + i + " is none, with " + arrival);
            } else if (arrival.origin != null) {
                watcher.copied(arrival.origin, counter, nowNs);
            }
        }
    }

    private void checkHeader(Slot slot, Packet p, boolean repair) {
        StreamNumbers numbers = slot.numbers;
        int type = Rtp.payloadType(p);
        int expected = repair ? numbers.rtxPayloadType() : numbers.payloadType();
        if (type != expected && !(numbers.hasRed() && type == numbers.redPayloadType())) {
            problems.add(slot.checker.name() + ": payload type " + Rtp.payloadType(p));
        }
        if (!extensions.parse(p, numbers.ids())) {
            problems.add(slot.checker.name() + ": malformed header extensions");
        } else if (extensions.has(ExtensionType.MID)
                && !extensions.text(ExtensionType.MID, p).equals(numbers.mid())) {
            problems.add(slot.checker.name() + ": names section " + extensions.text(ExtensionType.MID, p));
        } else if (extensions.has(ExtensionType.RID) || extensions.has(ExtensionType.REPAIRED_RID)) {
            problems.add(slot.checker.name() + ": names the publisher's encoding");
        }
    }

    /// A datagram that the network dropped on its way here; its RTP header is readable although the rest is encrypted.
    public void lostOnTheWay(byte[] datagram) {
        Slot slot = Wire.isRtp(datagram) ? bySsrc.get(Wire.ssrc(datagram)) : null;
        if (slot != null && Wire.ssrc(datagram) == slot.numbers.ssrc()) {
            slot.checker.lostOnTheWay(Wire.sequence(datagram));
        }
    }

    /// Writes what decoders want now: NACKs and key-frame requests. To be called each 20 to 50 ms.
    public void feedback(RtcpWriter writer, long nowNs) {
        for (Slot slot : slots) {
            if (slot.isVideo()) {
                slot.decoder.feedback(writer, ownSsrc, slot.numbers.ssrc(), nowNs);
            }
        }
    }

    /// Writes when packets came, transport-wide. To be called each 50 to 250 ms.
    public void transportFeedback(RtcpWriter writer) {
        boolean more = !slots.isEmpty();
        while (more && arrivals.pending()) {
            more = arrivals.write(writer, ownSsrc, slots.getFirst().numbers.ssrc());
        }
    }

    /// Writes a receiver report about as many slots as it can hold, others the next time. To be called each second.
    public void receiverReport(RtcpWriter writer, long nowNs) {
        if (slots.isEmpty() || !writer.receiverReport(ownSsrc)) {
            return;
        }
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get((reportFrom + i) % slots.size());
            boolean started = slot.statistics.started();
            if (started && !writer.reportBlock(slot.numbers.ssrc(), slot.statistics, nowNs)) {
                reportFrom = (reportFrom + i) % slots.size();
                return;
            }
        }
    }

    /// A decrypted RTCP packet.
    public void receiveRtcp(Packet p, long arrivalNs) {
        nowNs = arrivalNs;
        if (!RtcpReader.read(p, this)) {
            problems.add(name + ": malformed RTCP");
        }
    }

    @Override
    public void senderReport(int ssrc, long ntp, int rtpTimestamp, long packets, long octets) {
        Slot slot = bySsrc.get(ssrc);
        if (slot == null) {
            problems.add(name + ": a sender report that belongs to no slot");
        } else {
            slot.senderReports++;
            slot.statistics.senderReport(ntp, nowNs);
        }
    }

    /// Judges all that is left: nothing more will come.
    public void finish() {
        slots.forEach(slot -> slot.checker.finish());
    }

    /// What was wrong; in order when empty.
    public Problems problems() {
        return problems;
    }

    /// Whole frames that could be decoded, in all slots.
    public long frames() {
        return slots.stream().mapToLong(slot -> slot.decoder.frames()).sum();
    }

    /// When the last frame of a slot was complete; `Long.MIN_VALUE` before the first.
    public long lastFrameNs(int ssrc) {
        Slot slot = bySsrc.get(ssrc);
        return slot == null ? Long.MIN_VALUE : slot.decoder.lastFrameNs();
    }

    /// When a slot's last packet came; `Long.MIN_VALUE` before the first.
    public long lastPacketNs(int ssrc) {
        Slot slot = bySsrc.get(ssrc);
        return slot == null ? Long.MIN_VALUE : slot.lastPacketNs;
    }

    /// Different packets, in all slots.
    public long packets() {
        return slots.stream().mapToLong(slot -> slot.checker.received()).sum();
    }

    public long senderReports() {
        return slots.stream().mapToLong(slot -> slot.senderReports).sum();
    }
}
