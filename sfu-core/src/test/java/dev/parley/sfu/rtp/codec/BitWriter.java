package dev.parley.sfu.rtp.codec;

import java.math.BigInteger;

/// Puts bit fields one behind the other, for samples that are easier to read as fields than as bytes.
public final class BitWriter {
    private final StringBuilder bits = new StringBuilder();

    public BitWriter bits(int count, int value) {
        for (int i = count - 1; i >= 0; i--) {
            bits.append(value >> i & 1);
        }
        return this;
    }

    /// The same field several times, one digit a value.
    public BitWriter each(int count, String values) {
        values.chars().forEach(c -> bits(count, c - '0'));
        return this;
    }

    /// A number below `range` in as few bits as that takes, `ns(n)`.
    public BitWriter belowRange(int range, int value) {
        int width = 32 - Integer.numberOfLeadingZeros(range);
        int shorter = (1 << width) - range;
        return value < shorter
                ? bits(width - 1, value)
                : bits(width - 1, (value + shorter) >> 1).bits(1, value + shorter & 1);
    }

    public byte[] toBytes() {
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
