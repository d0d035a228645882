package dev.parley.sfu.sctp;

import dev.parley.sfu.base.Rng;
import dev.parley.sfu.base.WireReader;
import dev.parley.sfu.base.WireWriter;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Makes cookies that nobody else can make: HMAC-SHA-256 under a key of one association's own. One loop's thread.
final class CookieSeal {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int TAG_BYTES = 32;

    private final Mac mac;

    CookieSeal(Rng rng) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(rng.bytes(TAG_BYTES), ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    byte[] seal(StateCookie cookie) {
        byte[] sealed = new byte[StateCookie.BYTES + TAG_BYTES];
        WireWriter w = WireWriter.of(sealed);
        cookie.write(w);
        mac.update(sealed, 0, StateCookie.BYTES);
        w.bytes(mac.doFinal());
        return sealed;
    }

    /// Null for what was not made here.
    @Nullable
    StateCookie open(byte[] sealed) {
        if (sealed.length != StateCookie.BYTES + TAG_BYTES) {
            return null;
        }
        mac.update(sealed, 0, StateCookie.BYTES);
        byte[] tag = Arrays.copyOfRange(sealed, StateCookie.BYTES, sealed.length);
        return MessageDigest.isEqual(mac.doFinal(), tag) ? StateCookie.read(WireReader.of(sealed)) : null;
    }
}
