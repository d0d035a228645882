package dev.parley.sfu.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Our server against a DTLS that is not BouncyCastle's.
final class OpenSslTest {
    @TempDir
    private Path directory = Path.of("");

    @BeforeAll
    static void needsOpenSsl() {
        boolean found = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "openssl")));
        assumeTrue(found, "openssl is not installed");
    }

    @ParameterizedTest
    @CsvSource({
        "SRTP_AES128_CM_SHA1_80:SRTP_AEAD_AES_128_GCM, 7",
        "SRTP_AEAD_AES_256_GCM:SRTP_AEAD_AES_128_GCM, 7",
        "SRTP_AES128_CM_SHA1_80:SRTP_AES128_CM_SHA1_32, 1"
    })
    void exportsTheSameKeyingMaterial(String profiles, int chosen) throws IOException {
        try (OpenSslClient client = new OpenSslClient(
                directory,
                "-dtls1_2",
                "-use_srtp",
                profiles,
                "-keymatexport",
                "EXTRACTOR-dtls_srtp",
                "-keymatexportlen",
                String.valueOf(SrtpKeys.exportedBytes(chosen)))) {
            assertThat(client.serveUntil(() -> client.printed().contains("Keying material: ")))
                    .as(client::printed)
                    .isTrue();
            SrtpKeys ours = Objects.requireNonNull(client.keys);
            String theirs = client.printed().split("Keying material: ")[1].split("\\s")[0];
            assertThat(SrtpKeys.of(chosen, HexFormat.of().parseHex(theirs)))
                    .usingRecursiveComparison()
                    .isEqualTo(ours);
        }
    }

    @Test
    @DisplayName("hostile B05 openssl's renegotiation is refused, data goes on, its goodbye is understood")
    void hostile_B05_opensslMayNotRenegotiate() throws IOException {
        try (OpenSslClient client =
                new OpenSslClient(directory, "-dtls1_2", "-use_srtp", "SRTP_AEAD_AES_128_GCM", "-state")) {
            assertThat(client.serveUntil(() -> client.keys != null)).isTrue();
            client.type("before\n");
            assertThat(client.serveUntil(() -> client.data.contains("before\n")))
                    .as(client::printed)
                    .isTrue();
            assertThat(client.say("answer\n")).isTrue();
            assertThat(client.serveUntil(() -> client.printed().contains("answer")))
                    .isTrue();
            client.type("R\n");
            assertThat(client.serveUntil(() -> client.printed().contains("warning:no renegotiation")))
                    .as(client::printed)
                    .isTrue();
            assertThat(client.state()).isIn(DtlsState.CONNECTED, DtlsState.CLOSED);
        }
    }

    @Test
    @DisplayName("hostile B05 what openssl offers beside the allow-list comes to nothing")
    void hostile_B05_opensslGetsNothingOutsideTheAllowList() throws IOException {
        assertRefused("-dtls1", "DEFAULT@SECLEVEL=0", "SRTP_AEAD_AES_128_GCM");
        assertRefused("-dtls1_2", "eNULL:@SECLEVEL=0", "SRTP_AEAD_AES_128_GCM");
        assertRefused("-dtls1_2", "kRSA:@SECLEVEL=0", "SRTP_AEAD_AES_128_GCM");
        assertRefused("-dtls1_2", "ECDHE-ECDSA-AES128-SHA", "SRTP_AEAD_AES_128_GCM");
        assertRefused("-dtls1_2", "DEFAULT", "SRTP_AEAD_AES_256_GCM");
    }

    private void assertRefused(String version, String ciphers, String profile) throws IOException {
        try (OpenSslClient client = new OpenSslClient(directory, version, "-cipher", ciphers, "-use_srtp", profile)) {
            assertThat(client.serveUntil(() -> client.failure != null && client.ended()))
                    .as(client::printed)
                    .isTrue();
            assertThat(client.failure).isEqualTo(DtlsFailure.PROTOCOL);
            assertThat(client.keys).isNull();
            assertThat(client.printed()).contains("handshake failure");
        }
    }
}
