package dev.parley.sfu.dtls;

import java.io.IOException;
import java.util.Hashtable;
import org.bouncycastle.tls.AbstractTlsServer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.UseSRTPData;

/// The server's side of one handshake as BouncyCastle asks for it. Runs on the handshake's own thread.
@SuppressWarnings({"rawtypes", "unchecked"}) // BouncyCastle's hooks are older than generics
final class ServerHandshake extends AbstractTlsServer implements HandshakeTask {
    private final HandshakeTerms terms;

    ServerHandshake(HandshakeTerms terms) {
        super(terms.crypto());
        this.terms = terms;
    }

    @Override
    public HandshakeEnd run(DatagramTransport transport) {
        try {
            new DTLSServerProtocol().accept(this, transport);
        } catch (IOException e) {
            return terms.end();
        }
        return terms.end();
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return HandshakeTerms.SUITES.clone();
    }

    @Override
    protected boolean preferLocalCipherSuites() {
        return true;
    }

    @Override
    public int[] getSupportedGroups() {
        return HandshakeTerms.GROUPS.clone();
    }

    /// The first of ours that the client has; BouncyCastle would take any curve that the client puts first.
    @Override
    protected int selectECDH(int minimumCurveBits) {
        int[] offered = context.getSecurityParametersHandshake().getClientSupportedGroups();
        for (int group : HandshakeTerms.GROUPS) {
            for (int candidate : offered == null ? HandshakeTerms.GROUPS : offered) {
                if (candidate == group) {
                    return group;
                }
            }
        }
        return -1;
    }

    @Override
    public TlsCredentials getCredentials() throws IOException {
        return terms.signer(context);
    }

    @Override
    public CertificateRequest getCertificateRequest() {
        short[] types = {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign};
        return new CertificateRequest(types, HandshakeTerms.signatureAlgorithms(), null);
    }

    @Override
    public void processClientExtensions(Hashtable extensions) throws IOException {
        super.processClientExtensions(extensions);
        maxFragmentLengthOffered = -1; // shorter records than a datagram would help nobody
        UseSRTPData offered = TlsSRTPUtils.getUseSRTPExtension(extensions);
        int profile = offered == null ? 0 : HandshakeTerms.chooseSrtpProfile(offered.getProtectionProfiles());
        if (profile == 0) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure);
        }
        terms.srtpProfile(profile);
    }

    @Override
    public Hashtable getServerExtensions() throws IOException {
        Hashtable extensions = super.getServerExtensions();
        int[] chosen = {terms.srtpProfile()};
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(chosen, new byte[0]));
        return extensions;
    }

    @Override
    public void notifyClientCertificate(Certificate chain) throws IOException {
        terms.checkPeer(chain);
    }

    /// The fingerprint is the trust, whoever signed the certificate.
    @Override
    public boolean shouldCheckSigAlgOfPeerCerts() {
        return false;
    }

    /// Keys may only be exported from sessions that have it (RFC 7627 §5.4).
    @Override
    public boolean requiresExtendedMasterSecret() {
        return true;
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return BEYOND_ANY_DEADLINE_MILLIS;
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        terms.exportKeys(context);
    }
}
