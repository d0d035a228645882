package dev.parley.sfu.rtp;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import java.util.Arrays;
import java.util.HexFormat;

/// Packets made of bytes, for tests of parsers.
public final class Packets {
    private static final PacketPool POOL = new PacketPool(0);

    private Packets() {}

    /// Of hexadecimal digits; blanks are for the reader.
    public static Packet hex(String digits) {
        return of(HexFormat.of().parseHex(digits.replaceAll("\\s", "")));
    }

    public static Packet of(byte[] bytes) {
        return of(bytes, 0);
    }

    /// With a chosen value in every byte behind the end: a parser whose result depends on it has read too far.
    public static Packet of(byte[] bytes, int behind) {
        Packet packet = POOL.take();
        Arrays.fill(packet.array(), (byte) behind);
        packet.copyFrom(bytes, 0, Math.min(bytes.length, packet.capacity()));
        return packet;
    }

    public static String hex(Packet packet) {
        return HexFormat.of().formatHex(packet.toBytes());
    }
}
