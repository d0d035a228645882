package dev.parley.signaling.rooms;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/// Keys by which what somebody said is theirs when they come back: from one browser the same in a room, another in
/// every other room, and of no use to whoever reads them in a backup.
final class Persons {
    private static final int KEY_BYTES = 16;

    private Persons() {}

    static String key(String room, String principal) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((room + '\0' + principal).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, KEY_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
