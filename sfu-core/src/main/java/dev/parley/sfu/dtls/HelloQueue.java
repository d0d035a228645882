package dev.parley.sfu.dtls;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Puts ClientHellos together before there is any handshake. Anyone who can write from the client's address can send
/// pieces that claim to be of its hello, so a few are kept side by side, told apart by their length.
final class HelloQueue {
    private static final int HELLOS_MAX = 3;

    /// Today's browsers send 1.5 KB; a second and larger post-quantum share would fit.
    private static final int HELLO_BYTES_MAX = 8192;

    private final ArrayDeque<PartialMessage> partial = new ArrayDeque<>(HELLOS_MAX);

    /// The hello that this piece completed, or null.
    @Nullable
    HandshakeMessage add(Fragment fragment) {
        if (fragment.messageBytes() > HELLO_BYTES_MAX) {
            return null;
        }
        PartialMessage hello = find(fragment);
        HandshakeMessage complete = hello.complete();
        if (complete != null) {
            partial.remove(hello);
        }
        return complete;
    }

    private PartialMessage find(Fragment fragment) {
        for (PartialMessage hello : partial) {
            if (hello.add(fragment)) {
                return hello;
            }
        }
        if (partial.size() == HELLOS_MAX) {
            partial.removeFirst();
        }
        PartialMessage hello = new PartialMessage(fragment);
        hello.add(fragment);
        partial.addLast(hello);
        return hello;
    }
}
