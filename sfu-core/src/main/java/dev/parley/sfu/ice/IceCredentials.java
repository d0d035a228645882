package dev.parley.sfu.ice;

import dev.parley.sfu.base.Rng;
import java.util.Base64;

/// A username fragment and its password, RFC 8445 §5.3. Immutable.
///
/// In those that we make, the fragment's first two characters name the event loop that owns the session, so
/// that whichever loop receives a first check can hand it on without a shared table:
///
///     | loop / 64 | loop % 64 | 8 random characters |     each of the 64 characters ALPHA, DIGIT, "+", "/"
public record IceCredentials(String ufrag, String password) {
    /// Loops that two characters can name.
    public static final int LOOPS_MAX = 64 * 64;

    private static final String ICE_CHARS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /// 48 random bits: enough that no two sessions of a process share a fragment. It is no secret.
    private static final int UFRAG_RANDOM_BYTES = 6;

    /// 144 random bits; RFC 8445 §5.3 asks for 128.
    private static final int PASSWORD_RANDOM_BYTES = 18;

    private static final int UFRAG_CHARS_MIN = 10;

    public IceCredentials {
        if (ufrag.isEmpty() || password.isEmpty()) {
            throw new IllegalArgumentException("an ICE fragment and its password are never empty");
        }
    }

    /// New credentials for a session that `loop` owns.
    public static IceCredentials local(Rng rng, int loop) {
        if (loop < 0 || loop >= LOOPS_MAX) {
            throw new IllegalArgumentException("loop " + loop);
        }
        char high = ICE_CHARS.charAt(loop / 64);
        char low = ICE_CHARS.charAt(loop % 64);
        return new IceCredentials(
                "" + high + low + random(rng, UFRAG_RANDOM_BYTES), random(rng, PASSWORD_RANDOM_BYTES));
    }

    /// Which loop a fragment names, or -1 when we cannot have made it.
    public static int loopOf(String ufrag) {
        if (ufrag.length() < UFRAG_CHARS_MIN) {
            return -1;
        }
        int high = ICE_CHARS.indexOf(ufrag.charAt(0));
        int low = ICE_CHARS.indexOf(ufrag.charAt(1));
        return high < 0 || low < 0 ? -1 : high * 64 + low;
    }

    /// Without the password.
    @Override
    public String toString() {
        return ufrag;
    }

    private static String random(Rng rng, int bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(rng.bytes(bytes));
    }
}
