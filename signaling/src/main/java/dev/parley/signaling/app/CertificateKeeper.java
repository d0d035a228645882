package dev.parley.signaling.app;

import dev.parley.signaling.app.Certificates.Identity;
import dev.parley.signaling.web.TlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the certificate fit for use: the operator's files are read again when they change, an own one is made again
/// when this machine got another address or it is about to expire. Used by one thread at a time.
final class CertificateKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateKeeper.class);

    private final Config config;
    private final Path ownCert;
    private final Path ownKey;
    private @Nullable Identity current;
    private @Nullable FileTime readAt;

    private CertificateKeeper(Config config) throws StartException {
        this.config = config;
        this.ownCert = config.data().resolve("tls/cert.pem");
        this.ownKey = config.data().resolve("tls/key.pem");
        this.current = config.tls().cert() == null ? own() : configured();
    }

    static CertificateKeeper open(Config config) throws StartException {
        return new CertificateKeeper(config);
    }

    TlsIdentity identity() throws StartException {
        try {
            Identity start = Objects.requireNonNull(current);
            return new TlsIdentity(start.key(), start.chain());
        } catch (GeneralSecurityException e) {
            throw new StartException(StartException.CONFIGURATION, "cert: this certificate cannot be served: " + e);
        }
    }

    /// Looks whether something changed; called now and then.
    void refresh(TlsIdentity served) {
        try {
            Identity next = config.tls().cert() == null ? own() : configuredIfChanged();
            if (!next.equals(current)) {
                served.change(next.key(), next.chain());
                current = next;
                LOG.info("the TLS certificate changed");
            }
        } catch (StartException | GeneralSecurityException e) {
            LOG.warn("the TLS certificate stays as it was: {}", e.getMessage());
        }
    }

    private Identity configuredIfChanged() throws StartException {
        FileTime before = readAt;
        return before != null && before.equals(changedAt()) ? Objects.requireNonNull(current) : configured();
    }

    private Identity configured() throws StartException {
        Path cert = config.tls().cert();
        Path key = config.tls().key();
        if (cert == null || key == null) {
            throw new IllegalStateException("both or neither");
        }
        try {
            readAt = changedAt();
            return PemFiles.read(cert, key);
        } catch (IOException | GeneralSecurityException e) {
            throw new StartException(
                    StartException.CONFIGURATION,
                    "cert '" + cert + "', key '" + key + "': " + e.getMessage()
                            + "; allowed: a certificate chain and its private key, both PEM");
        }
    }

    private @Nullable FileTime changedAt() {
        try {
            return config.tls().cert() == null
                    ? null
                    : Files.getLastModifiedTime(config.tls().cert());
        } catch (IOException e) {
            return null;
        }
    }

    private Identity own() throws StartException {
        Set<String> names = LocalAddresses.names();
        Set<InetAddress> addresses = new LinkedHashSet<>(LocalAddresses.reachable());
        addresses.add(InetAddress.ofLiteral("127.0.0.1"));
        addresses.add(InetAddress.ofLiteral("::1"));
        config.media().publicAddresses().stream()
                .map(InetSocketAddress::getAddress)
                .forEach(addresses::add);
        Instant now = Instant.now();
        try {
            Identity known = stored();
            if (known != null && Certificates.covers(known.chain().getFirst(), names, addresses, now)) {
                return known;
            }
            Identity fresh = Certificates.selfSigned(names, addresses, now);
            Files.createDirectories(ownCert.getParent());
            PemFiles.write(fresh, ownCert, ownKey);
            return fresh;
        } catch (IOException | GeneralSecurityException e) {
            throw new StartException(StartException.DATA_FOLDER, "data: a certificate cannot be kept there: " + e);
        }
    }

    private @Nullable Identity stored() {
        if (!Files.exists(ownCert) || !Files.exists(ownKey)) {
            return null;
        }
        try {
            return PemFiles.read(ownCert, ownKey);
        } catch (IOException | GeneralSecurityException e) {
            LOG.warn("the stored certificate is unusable, another is made: {}", e.getMessage());
            return null;
        }
    }
}
