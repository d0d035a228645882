package dev.parley.sfu.rtp.codec;

import java.math.BigInteger;

/// Puts bit fields one behind the other, for samples that are easier to read as fields than as bytes.
final class BitWriter {
    private final StringBuilder bits = new StringBuilder();

    BitWriter bits(int count, int value) {
        for (int i = count - 1; i >= 0; i--) {
            bits.append(value >> i & 1);
        }
        return this;
    }

    /// The same field several times, one digit a value.
    BitWriter each(int count, String values) {
        values.chars().forEach(c -> bits(count, c - '0'));
        return this;
    }

    byte[] toBytes() {
        StringBuilder whole = new StringBuilder(bits);
        while (whole.length() % 8 != 0) {
            whole.append('0');
        }
        byte[] bytes = new byte[whole.length() / 8];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = new BigInteger(whole.substring(8 * i, 8 * i + 8), 2).byteValue();
        }
        return bytes;
    }
}
