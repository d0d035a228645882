package dev.parley.bench.data;

import dev.parley.sfu.base.Bytes;

/// Messages of one length that differ in their last four bytes: the bytes before are one array for all, as in a
/// fan-out. Immutable.
///
/// @param shared all but the number
record Numbered(byte[] shared) {
    private static final int NUMBER_BYTES = 4;

    static Numbered of(int bytes) {
        return new Numbered(new byte[bytes - NUMBER_BYTES]);
    }

    int bytes() {
        return shared.length + NUMBER_BYTES;
    }

    byte[] number(int number) {
        byte[] own = new byte[NUMBER_BYTES];
        Bytes.i32(own, 0, number);
        return own;
    }

    static int numberOf(byte[] message) {
        return message.length < NUMBER_BYTES ? -1 : Bytes.i32(message, message.length - NUMBER_BYTES);
    }
}
