package dev.parley.sfu.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A hash of a certificate as `a=fingerprint` carries it, [RFC 8122
/// §5](https://www.rfc-editor.org/rfc/rfc8122#section-5): `sha-256 4A:AD:B9:…`. Only hashes that still bind are taken;
/// MD5 and SHA-1 are not. Equal by value.
public record Fingerprint(String algorithm, byte[] value) {
    private static final Map<String, Integer> BYTES = Map.of("sha-256", 32, "sha-384", 48, "sha-512", 64);
    private static final HexFormat HEX = HexFormat.ofDelimiter(":").withUpperCase();

    public Fingerprint {
        Integer bytes = BYTES.get(algorithm);
        if (bytes == null || value.length != bytes) {
            throw new IllegalArgumentException("fingerprint " + algorithm + " of " + value.length + " bytes");
        }
    }

    /// Null for anything but an accepted algorithm and exactly as many bytes as it has.
    public static @Nullable Fingerprint parse(String text) {
        int space = text.indexOf(' ');
        if (space < 0) {
            return null;
        }
        String algorithm = text.substring(0, space).toLowerCase(Locale.ROOT);
        String hex = text.substring(space + 1).strip();
        Integer bytes = BYTES.get(algorithm);
        if (bytes == null || hex.length() != 3 * bytes - 1) {
            return null;
        }
        try {
            return new Fingerprint(algorithm, HEX.parseHex(hex));
        } catch (IllegalArgumentException notHex) {
            return null;
        }
    }

    /// Of a certificate's DER bytes.
    public static Fingerprint of(String algorithm, byte[] certificate) {
        return new Fingerprint(algorithm, digest(algorithm, certificate));
    }

    /// True when this is the hash of that certificate's DER bytes.
    public boolean matches(byte[] certificate) {
        return MessageDigest.isEqual(value, digest(algorithm, certificate));
    }

    /// As SDP writes it.
    public String format() {
        return algorithm + " " + HEX.formatHex(value);
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm.toUpperCase(Locale.ROOT)).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Fingerprint that
                && algorithm.equals(that.algorithm)
                && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return format();
    }
}
