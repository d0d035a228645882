package dev.parley.sfu.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;

final class DtlsCertificateTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void isSelfSignedOnP256AndValidFromYesterdayForAYear() throws Exception {
        DtlsCertificate own = DtlsCertificate.generate(new SecureRandom(), NOW);
        X509Certificate certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(own.der()));
        certificate.verify(certificate.getPublicKey());
        certificate.checkValidity(Date.from(NOW.minus(Duration.ofHours(23))));
        certificate.checkValidity(Date.from(NOW.plus(Duration.ofDays(364))));
        assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
        assertThat(((ECPublicKey) certificate.getPublicKey()).getParams().toString())
                .contains("secp256r1");
        assertThat(own.fingerprint()).isEqualTo(Fingerprint.of("sha-256", own.der()));
    }

    @Test
    void noTwoAreAlike() {
        DtlsCertificate one = DtlsCertificate.generate(new SecureRandom(), NOW);
        DtlsCertificate other = DtlsCertificate.generate(new SecureRandom(), NOW);
        assertThat(one.fingerprint()).isNotEqualTo(other.fingerprint());
    }
}
