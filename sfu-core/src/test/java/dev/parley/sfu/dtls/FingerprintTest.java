package dev.parley.sfu.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.netsim.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FingerprintTest {
    private static final byte[] CERTIFICATE = "any bytes".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @ValueSource(strings = {"sha-256", "sha-384", "sha-512"})
    void readsWhatItWrites(String algorithm) {
        Fingerprint fingerprint = Fingerprint.of(algorithm, CERTIFICATE);
        assertThat(Fingerprint.parse(fingerprint.format()))
                .isEqualTo(fingerprint)
                .hasSameHashCodeAs(fingerprint);
        assertThat(Fingerprint.parse(fingerprint.format().toLowerCase(Locale.ROOT)))
                .isEqualTo(fingerprint);
        assertThat(fingerprint.matches(CERTIFICATE)).isTrue();
        assertThat(fingerprint.matches(new byte[9])).isFalse();
    }

    @Test
    void agreesWithTheWorldAboutSha256() {
        assertThat(Fingerprint.of("sha-256", new byte[0]).format())
                .isEqualTo("sha-256 E3:B0:C4:42:98:FC:1C:14:9A:FB:F4:C8:99:6F:B9:24:"
                        + "27:AE:41:E4:64:9B:93:4C:A4:95:99:1B:78:52:B8:55");
    }

    @Test
    @DisplayName("hostile B04 SHA-1, MD5 and malformed fingerprints are none")
    void hostile_B04_weakAndMalformedFingerprintsAreNone() {
        List<String> none = List.of(
                "sha-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB",
                "md5 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B",
                "sha-256 4A:AD",
                "sha-256",
                "",
                " ",
                "sha-256 ");
        assertThat(none).allSatisfy(text -> assertThat(Fingerprint.parse(text)).isNull());
    }

    @Test
    void neverThrowsOnAnyText() {
        Fuzz.bytes(Fuzz.runs(200_000), 110, bytes -> {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            assertThat(Fingerprint.parse("sha-256 " + text)).isNull();
        });
    }

    @Test
    void cannotBeMadeOfTheWrongLength() {
        assertThatThrownBy(() -> new Fingerprint("sha-256", new byte[20])).isInstanceOf(IllegalArgumentException.class);
    }
}
