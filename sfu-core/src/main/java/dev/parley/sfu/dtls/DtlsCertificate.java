package dev.parley.sfu.dtls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;

/// Our own self-signed P-256 certificate with its key, made once at start; whoever has the fingerprint from signaling
/// needs no other trust ([RFC 8827 §6.5](https://www.rfc-editor.org/rfc/rfc8827#section-6.5)). Immutable, shared by
/// all endpoints and threads.
public final class DtlsCertificate {
    /// A clock that is a little ahead must not matter; peers that look at the dates at all are rare.
    private static final Duration BACKDATED = Duration.ofDays(1);

    private static final Duration LIFETIME = Duration.ofDays(365);

    private final byte[] der;
    private final AsymmetricKeyParameter privateKey;
    private final SecureRandom random;
    private final Fingerprint fingerprint;

    private DtlsCertificate(byte[] der, AsymmetricKeyParameter privateKey, SecureRandom random) {
        this.der = der;
        this.privateKey = privateKey;
        this.random = random;
        this.fingerprint = Fingerprint.of("sha-256", der);
    }

    /// @param random also feeds the handshakes that use this certificate, so that a seeded one makes them repeatable
    public static DtlsCertificate generate(SecureRandom random, Instant now) {
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(
                new ECKeyGenerationParameters(ECNamedDomainParameters.lookup(SECObjectIdentifiers.secp256r1), random));
        AsymmetricCipherKeyPair pair = generator.generateKeyPair();
        try {
            return new DtlsCertificate(selfSigned(pair, random, now), pair.getPrivate(), random);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] selfSigned(AsymmetricCipherKeyPair pair, SecureRandom random, Instant now)
            throws IOException, OperatorCreationException {
        X500Name name = new X500Name("CN=parley");
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                name,
                new BigInteger(63, random).add(BigInteger.ONE),
                Date.from(now.minus(BACKDATED)),
                Date.from(now.plus(LIFETIME)),
                name,
                SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(pair.getPublic()));
        AlgorithmIdentifier signature = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        AlgorithmIdentifier digest = new DefaultDigestAlgorithmIdentifierFinder().find(signature);
        return builder.build(new BcECContentSignerBuilder(signature, digest)
                        .setSecureRandom(random)
                        .build(pair.getPrivate()))
                .getEncoded();
    }

    public Fingerprint fingerprint() {
        return fingerprint;
    }

    /// The certificate itself.
    public byte[] der() {
        return der.clone();
    }

    AsymmetricKeyParameter privateKey() {
        return privateKey;
    }

    SecureRandom random() {
        return random;
    }
}
