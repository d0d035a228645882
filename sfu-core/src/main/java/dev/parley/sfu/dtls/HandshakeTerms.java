package dev.parley.sfu.dtls;

import java.io.IOException;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.jspecify.annotations.Nullable;

/// What we ask of any handshake, whichever side we play, and what came of it. One handshake's thread only, until that
/// has ended.
final class HandshakeTerms {
    /// Everything WebRTC's peers have; nothing without forward secrecy, nothing but AEAD.
    static final int[] SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
    };

    static final int[] GROUPS = {NamedGroup.x25519, NamedGroup.secp256r1};

    /// In our order of preference.
    static final int[] SRTP_PROFILES = {SrtpKeys.AEAD_AES_128_GCM, SrtpKeys.AES_CM_128_HMAC_SHA1_80};

    /// [RFC 5764 §4.2](https://www.rfc-editor.org/rfc/rfc5764#section-4.2).
    private static final String SRTP_EXPORTER = "EXTRACTOR-dtls_srtp";

    private static final List<ASN1ObjectIdentifier> CURVES =
            List.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1);

    private final DtlsCertificate own;
    private final List<Fingerprint> expected;
    private final HandshakeCrypto crypto;
    private int srtpProfile;
    private boolean certificateAccepted;
    private boolean certificateRefused;
    private @Nullable SrtpKeys keys;

    HandshakeTerms(DtlsCertificate own, List<Fingerprint> expected) {
        this.own = own;
        this.expected = expected;
        this.crypto = new HandshakeCrypto(own.random());
    }

    HandshakeCrypto crypto() {
        return crypto;
    }

    int srtpProfile() {
        return srtpProfile;
    }

    void srtpProfile(int profile) {
        srtpProfile = profile;
    }

    /// Our first choice among the profiles that the peer lists, or 0.
    static int chooseSrtpProfile(int[] offered) {
        for (int wanted : SRTP_PROFILES) {
            for (int profile : offered) {
                if (profile == wanted) {
                    return wanted;
                }
            }
        }
        return 0;
    }

    /// Fails closed: no certificate, a key with curve parameters of its own, or a hash that nobody announced.
    void checkPeer(@Nullable Certificate chain) throws IOException {
        if (chain == null || chain.isEmpty() || !acceptable(chain.getCertificateAt(0))) {
            certificateRefused = true;
            throw new TlsFatalAlert(AlertDescription.bad_certificate);
        }
        certificateAccepted = true;
    }

    private boolean acceptable(TlsCertificate certificate) throws IOException {
        byte[] der = certificate.getEncoded();
        for (Fingerprint fingerprint : expected) {
            if (fingerprint.matches(der)) {
                return hasPlainKey(der);
            }
        }
        return false;
    }

    /// A key on a named curve, or of a kind without parameters that could hold surprises.
    private static boolean hasPlainKey(byte[] der) {
        AlgorithmIdentifier key = org.bouncycastle.asn1.x509.Certificate.getInstance(der)
                .getSubjectPublicKeyInfo()
                .getAlgorithm();
        if (!X9ObjectIdentifiers.id_ecPublicKey.equals(key.getAlgorithm())) {
            return true;
        }
        ASN1Encodable curve = key.getParameters();
        return curve instanceof ASN1ObjectIdentifier named && CURVES.contains(named);
    }

    TlsCredentialedSigner signer(TlsContext context) throws IOException {
        TlsCertificate certificate = crypto.createCertificate(own.der());
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                own.privateKey(),
                new Certificate(new TlsCertificate[] {certificate}),
                SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }

    /// What a peer may sign with: ECDSA as browsers do, RSA because some encoders bring such a certificate.
    static Vector<SignatureAndHashAlgorithm> signatureAlgorithms() {
        Vector<SignatureAndHashAlgorithm> algorithms = new Vector<>();
        algorithms.add(SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
        algorithms.add(SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha384, SignatureAlgorithm.ecdsa));
        algorithms.add(SignatureAndHashAlgorithm.rsa_pss_rsae_sha256);
        algorithms.add(SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.rsa));
        return algorithms;
    }

    /// Called when both Finished messages were verified.
    void exportKeys(TlsContext context) {
        int bytes = SrtpKeys.exportedBytes(srtpProfile);
        keys = SrtpKeys.of(srtpProfile, context.exportKeyingMaterial(SRTP_EXPORTER, null, bytes));
    }

    /// What the handshake came to, once BouncyCastle has returned or thrown.
    HandshakeEnd end() {
        RecordCipher records = crypto.records();
        if (keys != null && records != null && certificateAccepted) {
            return new HandshakeEnd.Done(keys, records);
        }
        return new HandshakeEnd.Failed(certificateRefused ? DtlsFailure.FINGERPRINT_MISMATCH : DtlsFailure.PROTOCOL);
    }
}
