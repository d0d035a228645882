package dev.parley.sfu.dtls;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Vector;
import java.util.function.Consumer;
import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateStatusRequest;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.jspecify.annotations.Nullable;

/// A DTLS client that offers what a test wants it to offer: BouncyCastle as it is, one datagram a record, no timers.
@SuppressWarnings({"rawtypes", "unchecked"}) // BouncyCastle's hooks are older than generics
final class RawClient extends AbstractTlsClient {
    private final HandshakeCrypto crypto;
    private final Consumer<byte[]> network;
    private final HandshakeRun run;
    ProtocolVersion[] versions = ProtocolVersion.DTLSv12.only();
    int[] suites = HandshakeTerms.SUITES;
    int[] groups = HandshakeTerms.GROUPS;
    int[] profiles = {1, 8, 7};
    boolean extendedMasterSecret = true;
    boolean looksLikeBrowser;
    byte @Nullable [] certificate = DtlsPeer.CLIENT_CERTIFICATE.der();
    int profile;

    @Nullable
    SrtpKeys keys;

    boolean ended;

    RawClient(DtlsPeer server) {
        this(server, server::receive);
    }

    /// @param network where each of its records goes
    RawClient(DtlsPeer server, Consumer<byte[]> network) {
        super(new HandshakeCrypto(DtlsPeer.RANDOM));
        this.crypto = (HandshakeCrypto) getCrypto();
        this.network = network;
        HandshakeTask task = transport -> {
            try {
                new DTLSClientProtocol().connect(this, transport);
            } catch (IOException | RuntimeException e) {
                return new HandshakeEnd.Failed(DtlsFailure.PROTOCOL);
            }
            return new HandshakeEnd.Failed(DtlsFailure.PROTOCOL);
        };
        HandshakeRun opened = DtlsRunner.lockStep(new HalfOpenHandshakes(1)).open(task, this::step);
        if (opened == null) {
            throw new AssertionError();
        }
        run = opened;
        server.network = run::feed;
    }

    private void step(HandshakeStep step) {
        ended |= step.end() != null;
        step.records().forEach(network);
    }

    RawClient connect() {
        run.begin();
        return this;
    }

    void end() {
        run.cancel();
    }

    /// Its side of epoch 1, for saying what no endpoint of ours would say.
    SecureRecords secureRecords() {
        RecordCipher records = crypto.records();
        if (keys == null || records == null) {
            throw new AssertionError("not connected");
        }
        return new SecureRecords(records);
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return versions;
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return suites;
    }

    @Override
    protected Vector getSupportedGroups(Vector roles) {
        Vector<Integer> all = new Vector<>();
        for (int group : groups) {
            all.add(group);
        }
        return all;
    }

    @Override
    protected @Nullable CertificateStatusRequest getCertificateStatusRequest() {
        return null;
    }

    @Override
    public boolean shouldUseExtendedMasterSecret() {
        return extendedMasterSecret;
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return HandshakeTask.BEYOND_ANY_DEADLINE_MILLIS;
    }

    @Override
    public Hashtable getClientExtensions() throws IOException {
        Hashtable extensions = super.getClientExtensions();
        if (profiles.length > 0) {
            TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(profiles, new byte[0]));
        }
        if (looksLikeBrowser) {
            extensions.put(43, new byte[] {4, (byte) 0xfe, (byte) 0xfc, (byte) 0xfe, (byte) 0xfd});
            extensions.put(51, keyShares());
        }
        return extensions;
    }

    /// X25519MLKEM768 and x25519, filled with noise: a server of DTLS 1.2 does not look at them.
    private static byte[] keyShares() {
        byte[] shares = new byte[2 + 4 + 1216 + 4 + 32];
        DtlsPeer.RANDOM.nextBytes(shares);
        return shares;
    }

    @Override
    public void processServerExtensions(Hashtable extensions) throws IOException {
        super.processServerExtensions(extensions);
        UseSRTPData chosen = TlsSRTPUtils.getUseSRTPExtension(extensions);
        profile = chosen == null ? 0 : chosen.getProtectionProfiles()[0];
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate any) {}

            @Override
            public @Nullable TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                return certificate == null ? null : credentials(certificate);
            }
        };
    }

    private TlsCredentials credentials(byte[] der) throws IOException {
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                DtlsPeer.CLIENT_CERTIFICATE.privateKey(),
                new Certificate(new TlsCertificate[] {crypto.createCertificate(der)}),
                SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        if (profile != 0) {
            int bytes = SrtpKeys.exportedBytes(profile);
            keys = SrtpKeys.of(profile, context.exportKeyingMaterial("EXTRACTOR-dtls_srtp", null, bytes));
        }
    }

    /// Groups as browsers list them, a post-quantum one first.
    RawClient likeBrowser() {
        looksLikeBrowser = true;
        groups = new int[] {0x11ec, NamedGroup.x25519, NamedGroup.secp256r1, NamedGroup.secp384r1};
        return this;
    }
}
