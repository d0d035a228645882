package dev.parley.sfu.rtp;

import dev.parley.sfu.base.Packet;

/// Writes the complete header of an outgoing RTP packet: the numbers that it is told, the source's marker, and
/// those extensions that the receiver negotiated. One for each outgoing section; one thread at a time; allocates
/// nothing.
///
/// Extensions of the source are renumbered when their value is one that may be passed on; MID is the section's
/// own; transport-wide sequence and absolute send time are left as zeros until `stamp`. CSRCs and padding of
/// the source are dropped: they are the publisher's, as its SSRC is. The one-byte form is used when it can hold
/// everything, the two-byte form otherwise if the receiver takes it (`a=extmap-allow-mixed`); what fits
/// neither, or would make the header longer than allowed, is left out, the least needed first.
public final class RtpHeaderWriter {
    private static final byte[] NO_MID = {};
    private static final int MID_BIT = ExtensionType.MID.bit();
    private static final int TRANSPORT_CC_BIT = ExtensionType.TRANSPORT_CC.bit();
    private static final int ABS_SEND_TIME_BIT = ExtensionType.ABS_SEND_TIME.bit();
    private static final int ABS_CAPTURE_TIME_BIT = ExtensionType.ABS_CAPTURE_TIME.bit();
    private static final int STAMPED_BITS = TRANSPORT_CC_BIT | ABS_SEND_TIME_BIT;
    private static final int BLOCK_HEADER_BYTES = 4;
    private static final int ONE_BYTE_LENGTH_MAX = 16;
    private static final int ALL_TYPES = -1;
    private static final HeaderExtensions NO_VALUES = new HeaderExtensions();

    private final ExtensionIds ids;
    private final boolean twoByteAllowed;
    private byte[] mid = NO_MID;
    private int length;
    private int transportCcAt = -1;
    private int absSendTimeAt = -1;
    private int dependenciesAt = -1;
    private int left = ALL_TYPES;
    private long captureTime;

    public RtpHeaderWriter(ExtensionIds ids, boolean twoByteAllowed) {
        this.ids = ids;
        this.twoByteAllowed = twoByteAllowed;
    }

    /// The MID to write from now on; an empty one ends it. The array is not copied.
    public void mid(byte[] mid) {
        this.mid = mid;
    }

    /// Whether dependency descriptors are written from now on.
    public void dependencies(boolean written) {
        left = written ? ALL_TYPES : ~ExtensionType.DEPENDENCY_DESCRIPTOR.bit();
    }

    /// The capture time of the next packets, NTP as it goes out; 0 for packets without.
    public void captureTime(long ntp) {
        captureTime = ntp;
    }

    /// Writes a header for the payload of `source` to the begin of `target`.
    ///
    /// @param values what `source` carries, parsed with the ids of its own section
    /// @param headerBytesMax extensions are left out to stay within it; the fixed 12 bytes are written in any case
    /// @return length of the header, which is where the payload goes
    public int write(
            Packet source,
            HeaderExtensions values,
            Packet target,
            int payloadType,
            int seq,
            int timestamp,
            int ssrc,
            int headerBytesMax) {
        int markerAndType = payloadType | (source.u8(1) & 0x80);
        return header(source, values, target, markerAndType, seq, timestamp, ssrc, headerBytesMax);
    }

    /// Writes a header for a packet that has no source, such as a probe: no extensions but our own.
    public int writeNew(
            Packet target, boolean marker, int payloadType, int seq, int timestamp, int ssrc, int headerBytesMax) {
        int markerAndType = payloadType | (marker ? 0x80 : 0);
        return header(target, NO_VALUES, target, markerAndType, seq, timestamp, ssrc, headerBytesMax);
    }

    private int header(
            Packet source,
            HeaderExtensions values,
            Packet target,
            int markerAndType,
            int seq,
            int timestamp,
            int ssrc,
            int headerBytesMax) {
        transportCcAt = -1;
        absSendTimeAt = -1;
        dependenciesAt = -1;
        int wanted = ids.bits()
                & left
                & ((values.bits() & ExtensionType.FORWARDED_BITS) | STAMPED_BITS | midBit() | captureBit());
        boolean twoByte = twoByteAllowed && needsTwoBytes(wanted, values);
        int chosen = choose(wanted, values, twoByte, headerBytesMax - Rtp.FIXED_HEADER_BYTES - BLOCK_HEADER_BYTES);
        twoByte &= needsTwoBytes(chosen, values);
        target.u8(0, Rtp.VERSION_2 | (chosen == 0 ? 0 : 0x10));
        target.u8(1, markerAndType);
        Rtp.sequence(target, seq);
        Rtp.timestamp(target, timestamp);
        Rtp.ssrc(target, ssrc);
        length = chosen == 0 ? Rtp.FIXED_HEADER_BYTES : block(chosen, values, source, target, twoByte);
        return length;
    }

    private int midBit() {
        return mid.length == 0 ? 0 : MID_BIT;
    }

    private int captureBit() {
        return captureTime == 0 ? 0 : ABS_CAPTURE_TIME_BIT;
    }

    private boolean needsTwoBytes(int types, HeaderExtensions values) {
        for (int rest = types; rest != 0; rest &= rest - 1) {
            if (!fitsOneByteForm(Integer.numberOfTrailingZeros(rest), values)) {
                return true;
            }
        }
        return false;
    }

    private boolean fitsOneByteForm(int ordinal, HeaderExtensions values) {
        int length = length(ordinal, values);
        return ids.id(ordinal) <= ExtensionIds.ONE_BYTE_ID_MAX && length > 0 && length <= ONE_BYTE_LENGTH_MAX;
    }

    private int choose(int wanted, HeaderExtensions values, boolean twoByte, int room) {
        int chosen = 0;
        int used = 0;
        for (int rest = wanted; rest != 0; rest &= rest - 1) {
            int ordinal = Integer.numberOfTrailingZeros(rest);
            int size = (twoByte ? 2 : 1) + length(ordinal, values);
            if (inWords(used + size) <= room && (twoByte || fitsOneByteForm(ordinal, values))) {
                chosen |= 1 << ordinal;
                used += size;
            }
        }
        return chosen;
    }

    private int length(int ordinal, HeaderExtensions values) {
        return switch (ExtensionType.ALL[ordinal]) {
            case MID -> mid.length;
            case TRANSPORT_CC -> 2;
            case ABS_SEND_TIME -> 3;
            case ABS_CAPTURE_TIME -> 8;
            default -> values.length(ordinal);
        };
    }

    private int block(int chosen, HeaderExtensions values, Packet source, Packet target, boolean twoByte) {
        int from = Rtp.FIXED_HEADER_BYTES + BLOCK_HEADER_BYTES;
        int at = from;
        for (int rest = chosen; rest != 0; rest &= rest - 1) {
            int ordinal = Integer.numberOfTrailingZeros(rest);
            int length = length(ordinal, values);
            if (twoByte) {
                target.u8(at++, ids.id(ordinal));
                target.u8(at++, length);
            } else {
                target.u8(at++, ids.id(ordinal) << 4 | length - 1);
            }
            value(ordinal, values, source, target, at, length);
            at += length;
        }
        int end = from + inWords(at - from);
        while (at < end) {
            target.u8(at++, 0);
        }
        target.u16(
                Rtp.FIXED_HEADER_BYTES,
                twoByte ? HeaderExtensions.TWO_BYTE_PROFILE : HeaderExtensions.ONE_BYTE_PROFILE);
        target.u16(Rtp.FIXED_HEADER_BYTES + 2, (end - from) / 4);
        return end;
    }

    private void value(int ordinal, HeaderExtensions values, Packet source, Packet target, int at, int length) {
        switch (ExtensionType.ALL[ordinal]) {
            case MID -> System.arraycopy(mid, 0, target.array(), at, length);
            case TRANSPORT_CC -> {
                transportCcAt = at;
                target.u16(at, 0);
            }
            case ABS_SEND_TIME -> {
                absSendTimeAt = at;
                target.u16(at, 0);
                target.u8(at + 2, 0);
            }
            case ABS_CAPTURE_TIME -> {
                target.i32(at, (int) (captureTime >>> 32));
                target.i32(at + 4, (int) captureTime);
            }
            case DEPENDENCY_DESCRIPTOR -> {
                dependenciesAt = at;
                System.arraycopy(source.array(), values.offset(ordinal), target.array(), at, length);
            }
            default -> System.arraycopy(source.array(), values.offset(ordinal), target.array(), at, length);
        }
    }

    private static int inWords(int bytes) {
        return bytes + 3 & ~3;
    }

    /// Of the header written last.
    public int length() {
        return length;
    }

    /// Index of the transport-wide sequence number in the header written last, -1 when it has none.
    public int transportCcAt() {
        return transportCcAt;
    }

    /// Index of the absolute send time in the header written last, -1 when it has none.
    public int absSendTimeAt() {
        return absSendTimeAt;
    }

    /// Index of the dependency descriptor in the header written last, -1 when it has none.
    public int dependenciesAt() {
        return dependenciesAt;
    }

    /// Fills in what is known only when the packet leaves; -1 for a place that the header does not have.
    public static void stamp(Packet p, int transportCcAt, int transportSeq, int absSendTimeAt, long nowNs) {
        if (transportCcAt >= 0) {
            p.u16(transportCcAt, transportSeq);
        }
        if (absSendTimeAt >= 0) {
            int time = NtpTime.absSendTime(nowNs);
            p.u8(absSendTimeAt, time >>> 16);
            p.u16(absSendTimeAt + 1, time);
        }
    }
}
