package dev.parley.signaling.app;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Certificates that this server makes for itself: P-256, for the names and addresses by which it can be reached.
final class Certificates {
    /// The longest that browsers take from a public authority; theirs is the only guidance there is.
    static final Duration VALIDITY = Duration.ofDays(397);

    static final Duration RENEW_BEFORE = Duration.ofDays(30);

    private Certificates() {}

    /// A key and the certificates that go with it, own one first.
    record Identity(PrivateKey key, List<X509Certificate> chain) {
        Identity {
            chain = List.copyOf(chain);
        }
    }

    static Identity selfSigned(Set<String> names, Collection<InetAddress> addresses, Instant now)
            throws GeneralSecurityException, IOException {
        SecureRandom random = new SecureRandom();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        KeyPair pair = generator.generateKeyPair();
        X500Name name = new X500Name("CN=Parley");
        try {
            var certificate = new JcaX509v3CertificateBuilder(
                            name,
                            new BigInteger(127, random),
                            Date.from(now.minus(Duration.ofHours(1))),
                            Date.from(now.plus(VALIDITY)),
                            name,
                            pair.getPublic())
                    .addExtension(Extension.subjectAlternativeName, false, alternativeNames(names, addresses))
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
            return new Identity(
                    pair.getPrivate(), List.of(new JcaX509CertificateConverter().getCertificate(certificate)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static GeneralNames alternativeNames(Set<String> names, Collection<InetAddress> addresses) {
        List<GeneralName> all = new ArrayList<>();
        names.forEach(name -> all.add(new GeneralName(GeneralName.dNSName, name)));
        addresses.forEach(a -> all.add(new GeneralName(GeneralName.iPAddress, withoutZone(a.getHostAddress()))));
        return new GeneralNames(all.toArray(GeneralName[]::new));
    }

    /// Whether a certificate of ours still serves: for all these, and for some time to come.
    static boolean covers(
            X509Certificate certificate, Set<String> names, Collection<InetAddress> addresses, Instant now)
            throws GeneralSecurityException {
        Set<String> covered = new HashSet<>();
        if (certificate.getSubjectAlternativeNames() != null) {
            for (List<?> entry : certificate.getSubjectAlternativeNames()) {
                covered.add(String.valueOf(entry.get(1)));
            }
        }
        return covered.containsAll(names)
                && addresses.stream().allMatch(a -> covered.contains(withoutZone(a.getHostAddress())))
                && certificate.getNotAfter().toInstant().isAfter(now.plus(RENEW_BEFORE));
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }
}
