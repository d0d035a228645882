package dev.parley.sfu.edge;

import dev.parley.sfu.base.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Binding requests as a browser's first check sends them, without integrity: the edge does not look at that.
final class StunRequest {
    private StunRequest() {}

    /// PRIORITY first, so that USERNAME has to be searched for.
    static byte[] naming(String username) {
        byte[] name = username.getBytes(StandardCharsets.US_ASCII);
        int padded = (name.length + 3) & ~3;
        byte[] bytes = new byte[20 + 8 + 4 + padded];
        WireWriter.of(bytes)
                .u16(0x0001)
                .u16(bytes.length - 20)
                .i32(0x2112a442)
                .i64(0x0102030405060708L)
                .i32(0x090a0b0c)
                .u16(0x0024)
                .u16(4)
                .i32(1)
                .u16(0x0006)
                .u16(name.length)
                .bytes(Arrays.copyOf(name, padded));
        return bytes;
    }
}
