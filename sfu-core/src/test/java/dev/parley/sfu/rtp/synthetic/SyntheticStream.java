package dev.parley.sfu.rtp.synthetic;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.NtpTime;
import dev.parley.sfu.rtp.Rtp;
import dev.parley.sfu.rtp.codec.RedPayload;
import dev.parley.sfu.rtp.rtcp.RtcpWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

/// One SSRC of a synthetic publisher with its RTX stream: numbers packets, remembers the last ones for retransmission,
/// and which of them never reached the server. Names its section (MID, RID) until a receiver report came, as browsers
/// do. One thread.
public final class SyntheticStream {
    private static final int HISTORY = 512;
    private static final int FIRST_SEQ_MAX = 1 << 14;
    private static final int RTX_PREFIX_BYTES = 2;

    private final int publisher;
    private final int source;
    private final int encoding;
    private final StreamNumbers numbers;
    private final SyntheticOutput output;
    private final long firstIndex;
    private final int firstTimestamp;
    private final byte[][] history = new byte[HISTORY][];
    private final long[] historyIndices = new long[HISTORY];
    private final BitSet lost = new BitSet();
    private final BitSet overtaken = new BitSet();
    private long highestReached = -1;
    private final Stamp stamp = new Stamp();
    private long nextIndex;
    private long nextRtxIndex;
    private long octets;
    private int timestamp;
    private long timestampNs;
    /// The frame before, where each goes out once more with the next one.
    private byte[] frameBefore = {};

    private int timestampBefore;
    private boolean mediaIsKnown;
    private boolean rtxIsKnown;

    SyntheticStream(int publisher, int source, int encoding, StreamNumbers numbers, SyntheticOutput output, Rng rng) {
        this.publisher = publisher;
        this.source = source;
        this.encoding = encoding;
        this.numbers = numbers;
        this.output = output;
        this.firstIndex = rng.below(FIRST_SEQ_MAX);
        this.nextIndex = firstIndex;
        this.nextRtxIndex = rng.below(FIRST_SEQ_MAX);
        this.firstTimestamp = rng.nextInt();
    }

    /// Whose it is, as its payloads say.
    public int publisher() {
        return publisher;
    }

    /// What of its publisher's it is, as its payloads say.
    public int source() {
        return source;
    }

    public StreamNumbers numbers() {
        return numbers;
    }

    /// How many media packets were made.
    public long sent() {
        return nextIndex - firstIndex;
    }

    boolean isVideo() {
        return numbers.clockRate() == 90_000;
    }

    /// The stamp of the next packet, to be completed by the codec.
    Stamp stamp() {
        stamp.publisher = publisher;
        stamp.source = source;
        stamp.encoding = encoding;
        stamp.counter = sent();
        return stamp;
    }

    /// Sends a packet: the codec's own bytes, then the stamp and its filler.
    ///
    /// @param mediaNs when it was captured
    /// @param audioLevel for the extension, negative for none
    void send(byte[] codecBytes, int codecLength, int stampedLength, boolean marker, int audioLevel, long mediaNs) {
        timestamp = firstTimestamp + NtpTime.rtpTicks(mediaNs, numbers.clockRate());
        timestampNs = mediaNs;
        Packet p = output.packet();
        int type = numbers.hasRed() ? numbers.redPayloadType() : numbers.payloadType();
        int header = header(p, type, marker, (int) nextIndex, timestamp, numbers.ssrc(), audioLevel);
        int frame = numbers.hasRed() ? repeat(p, header) : header;
        System.arraycopy(codecBytes, 0, p.array(), frame, codecLength);
        stamp.write(p, frame + codecLength, stampedLength);
        p.length(frame + codecLength + stampedLength);
        frameBefore = Arrays.copyOfRange(p.array(), frame, p.length());
        timestampBefore = timestamp;
        octets += codecLength + stampedLength;
        remember(p);
        output.send(p, header, nextIndex++);
    }

    /// Writes the frame before and what RFC 2198 wants in front of the next, as browsers do.
    ///
    /// @return where the next frame begins
    private int repeat(Packet p, int from) {
        int age = timestamp - timestampBefore;
        int at = from;
        if (frameBefore.length > 0 && age > 0 && age < 1 << 14) {
            RedPayload.header(p, at, numbers.payloadType(), age, frameBefore.length);
            at += RedPayload.HEADER_BYTES;
            System.arraycopy(frameBefore, 0, p.array(), at + RedPayload.PRIMARY_HEADER_BYTES, frameBefore.length);
        }
        RedPayload.primaryHeader(p, at, numbers.payloadType());
        return at + RedPayload.PRIMARY_HEADER_BYTES + (at == from ? 0 : frameBefore.length);
    }

    private void remember(Packet p) {
        int slot = (int) nextIndex & HISTORY - 1;
        history[slot] = Arrays.copyOf(p.array(), p.length());
        historyIndices[slot] = nextIndex;
    }

    /// Answers a NACK over RTX, RFC 4588, when the packet is still remembered.
    void resend(int seq) {
        long index = firstIndex + counterOf(seq);
        int slot = (int) index & HISTORY - 1;
        byte[] original = history[slot];
        if (!numbers.hasRtx() || original == null || historyIndices[slot] != index) {
            return;
        }
        Packet first = output.packet();
        first.copyFrom(original, 0, original.length);
        Packet p = output.packet();
        int header = header(
                p,
                numbers.rtxPayloadType(),
                Rtp.marker(first),
                (int) nextRtxIndex,
                Rtp.timestamp(first),
                numbers.rtxSsrc(),
                -1);
        p.u16(header, seq);
        int payload = Rtp.payloadOffset(first);
        int length = first.length() - payload;
        System.arraycopy(original, payload, p.array(), header + RTX_PREFIX_BYTES, length);
        p.length(header + RTX_PREFIX_BYTES + length);
        first.release();
        output.send(p, header, nextRtxIndex++);
    }

    /// Nothing but padding on the RTX stream, which is what browsers begin with.
    void probe() {
        if (numbers.hasRtx()) {
            Packet p = output.packet();
            int header = header(
                    p, numbers.rtxPayloadType(), false, (int) nextRtxIndex, firstTimestamp, numbers.rtxSsrc(), -1);
            int padding = 224;
            p.u8(0, p.u8(0) | 0x20);
            Arrays.fill(p.array(), header, header + padding, (byte) 0);
            p.u8(header + padding - 1, padding);
            p.length(header + padding);
            output.send(p, header, nextRtxIndex++);
        }
    }

    void senderReport(RtcpWriter writer, long nowNs, long wallOffsetNs) {
        if (sent() > 0) {
            long ntp = NtpTime.ofUnixNs(nowNs + wallOffsetNs);
            writer.senderReport(numbers.ssrc(), ntp, timestampAt(nowNs), sent(), octets);
        }
    }

    /// The RTP timestamp of this moment.
    public int timestampAt(long nowNs) {
        return timestamp + NtpTime.rtpTicks(nowNs - timestampNs, numbers.clockRate());
    }

    /// A receiver report named one of our SSRCs.
    void known(int ssrc) {
        mediaIsKnown |= ssrc == numbers.ssrc();
        rtxIsKnown |= ssrc == numbers.rtxSsrc();
    }

    /// The network did not carry this packet to the server.
    void lostOnTheWay(int seq) {
        lost.set((int) counterOf(seq));
    }

    /// The network carried this packet to the server.
    void reachedServer(int seq) {
        long counter = counterOf(seq);
        overtaken.set((int) counter, counter < highestReached);
        highestReached = Math.max(highestReached, counter);
    }

    private long counterOf(int seq) {
        long highest = nextIndex - 1;
        return highest + (short) (seq - (int) highest) - firstIndex;
    }

    /// Whether the packet with this counter was lost between publisher and server; it may have been repaired since.
    boolean wasLost(long counter) {
        return counter >= 0 && counter <= Integer.MAX_VALUE && lost.get((int) counter);
    }

    /// Whether the packet with this counter came to the server after one that was sent later.
    boolean wasOvertaken(long counter) {
        return counter >= 0 && counter <= Integer.MAX_VALUE && overtaken.get((int) counter);
    }

    private int header(Packet p, int type, boolean marker, int seq, int ticks, int ssrc, int audioLevel) {
        p.u8(0, 0x90);
        p.u8(1, type | (marker ? 0x80 : 0));
        Rtp.sequence(p, seq);
        Rtp.timestamp(p, ticks);
        Rtp.ssrc(p, ssrc);
        int at = Rtp.FIXED_HEADER_BYTES + 4;
        if (audioLevel >= 0 && numbers.ids().has(ExtensionType.AUDIO_LEVEL)) {
            p.u8(at++, numbers.ids().id(ExtensionType.AUDIO_LEVEL) << 4);
            p.u8(at++, audioLevel);
        }
        if (numbers.ids().has(ExtensionType.TRANSPORT_CC)) {
            p.u8(at++, numbers.ids().id(ExtensionType.TRANSPORT_CC) << 4 | 1);
            p.u16(at, output.nextTransportSequence());
            at += 2;
        }
        boolean rtx = ssrc == numbers.rtxSsrc();
        if (!(rtx ? rtxIsKnown : mediaIsKnown)) {
            at = text(p, at, ExtensionType.MID, numbers.mid());
            at = text(p, at, rtx ? ExtensionType.REPAIRED_RID : ExtensionType.RID, numbers.rid());
        }
        return closeExtensions(p, at);
    }

    private int text(Packet p, int at, ExtensionType type, String value) {
        ExtensionIds ids = numbers.ids();
        if (value.isEmpty() || !ids.has(type)) {
            return at;
        }
        byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
        p.u8(at, ids.id(type) << 4 | bytes.length - 1);
        System.arraycopy(bytes, 0, p.array(), at + 1, bytes.length);
        return at + 1 + bytes.length;
    }

    private static int closeExtensions(Packet p, int from) {
        int block = Rtp.FIXED_HEADER_BYTES;
        int at = from;
        while (at % 4 != 0) {
            p.u8(at++, 0);
        }
        if (at == block + 4) {
            p.u8(0, 0x80);
            return block;
        }
        p.u16(block, 0xbede);
        p.u16(block + 2, (at - block) / 4 - 1);
        return at;
    }

    /// Which of its source's this is.
    public int encoding() {
        return encoding;
    }

    @Override
    public String toString() {
        return "publisher %d source %d encoding %d".formatted(publisher, source, encoding);
    }
}
