package dev.parley.sfu.dtls;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Vector;
import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateStatusRequest;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;

/// The client's side of one handshake as BouncyCastle asks for it. Runs on the handshake's own thread.
@SuppressWarnings({"rawtypes", "unchecked"}) // BouncyCastle's hooks are older than generics
final class ClientHandshake extends AbstractTlsClient implements HandshakeTask {
    private final HandshakeTerms terms;

    ClientHandshake(HandshakeTerms terms) {
        super(terms.crypto());
        this.terms = terms;
    }

    @Override
    public HandshakeEnd run(DatagramTransport transport) {
        try {
            new DTLSClientProtocol().connect(this, transport);
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
    protected Vector getSupportedGroups(Vector roles) {
        Vector<Integer> groups = new Vector<>();
        for (int group : HandshakeTerms.GROUPS) {
            groups.add(group);
        }
        return groups;
    }

    @Override
    protected Vector getSupportedSignatureAlgorithms() {
        return HandshakeTerms.signatureAlgorithms();
    }

    /// Nobody staples to a self-signed certificate.
    @Override
    protected @Nullable CertificateStatusRequest getCertificateStatusRequest() {
        return null;
    }

    @Override
    public Hashtable getClientExtensions() throws IOException {
        Hashtable extensions = super.getClientExtensions();
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(HandshakeTerms.SRTP_PROFILES, new byte[0]));
        return extensions;
    }

    @Override
    public void processServerExtensions(Hashtable extensions) throws IOException {
        super.processServerExtensions(extensions);
        UseSRTPData answered = TlsSRTPUtils.getUseSRTPExtension(extensions);
        if (answered == null || answered.getProtectionProfiles().length != 1 || answered.getMki().length != 0) {
            throw new TlsFatalAlert(AlertDescription.illegal_parameter);
        }
        int profile = HandshakeTerms.chooseSrtpProfile(answered.getProtectionProfiles());
        if (profile == 0) {
            throw new TlsFatalAlert(AlertDescription.illegal_parameter);
        }
        terms.srtpProfile(profile);
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
                terms.checkPeer(server.getCertificate());
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                return terms.signer(context);
            }
        };
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
