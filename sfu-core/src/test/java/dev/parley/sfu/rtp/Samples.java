package dev.parley.sfu.rtp;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// Well-formed packets of the shapes that browsers send, as a begin for mutations.
public final class Samples {
    public static final List<byte[]> RTP = bytes(
            // plain
            "8060 0001 00000001 00000001 0102030405060708",
            // one-byte form: audio level, mid, transport-cc
            "90ef 0002 00000002 00000002 bede0003 10 85 31 4142 51 0007 0000 00 78010203",
            // one-byte form that ends with id 15
            "9060 0003 00000003 00000003 bede0002 10 05 f1 0000 0000 00 aabb",
            // two-byte form with an empty, a long and a padded element
            "9060 0004 00000004 00000004 1000 0006 0300 0110 00010203 04050607 08090a0b 0c0d0e0f 0502 0008 00 cc",
            // fifteen CSRCs
            "8f60 0005 00000005 00000005" + "11223344".repeat(15) + "01",
            // CSRC, extension and padding
            "b1e0 1234 01020304 a1b2c3d4 11223344 bede 0002 10 85 31 4142 000000 deadbeef 00000004",
            // padding alone
            "a060 0006 00000006 00000006" + "00".repeat(223) + "e0");

    private Samples() {}

    public static List<byte[]> bytes(String... digits) {
        return Stream.of(digits)
                .map(text -> HexFormat.of().parseHex(text.replaceAll("\\s", "")))
                .toList();
    }
}
