package dev.parley.sfu.dtls;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;

/// A certificate for the tests' client key that spells P-256 out instead of naming it (the shape of CVE-2022-0778).
final class ExplicitCurve {
    private ExplicitCurve() {}

    static byte[] certificate() {
        try {
            ASN1BitString key = Certificate.getInstance(DtlsPeer.CLIENT_CERTIFICATE.der())
                    .getSubjectPublicKeyInfo()
                    .getPublicKeyData();
            AlgorithmIdentifier explicit = new AlgorithmIdentifier(
                    X9ObjectIdentifiers.id_ecPublicKey, SECNamedCurves.getByOID(SECObjectIdentifiers.secp256r1));
            X500Name name = new X500Name("CN=explicit");
            AlgorithmIdentifier signature = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
            return new X509v3CertificateBuilder(
                            name,
                            BigInteger.ONE,
                            Date.from(Instant.EPOCH),
                            Date.from(Instant.EPOCH.plusSeconds(1_000_000)),
                            name,
                            new SubjectPublicKeyInfo(explicit, key.getOctets()))
                    .build(new BcECContentSignerBuilder(
                                    signature, new DefaultDigestAlgorithmIdentifierFinder().find(signature))
                            .build(DtlsPeer.CLIENT_CERTIFICATE.privateKey()))
                    .getEncoded();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
