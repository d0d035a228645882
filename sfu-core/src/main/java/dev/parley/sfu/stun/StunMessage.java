package dev.parley.sfu.stun;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One decoded STUN message, RFC 8489 §5, as far as ICE needs it. Immutable; attributes that are absent are
/// null.
///
/// That a message could be decoded says nothing about who sent it: see [StunCodec#verify].
///
/// @param method 1 is Binding, the only one that ICE uses
/// @param username RFC 8445 §7.2.2: the receiver's fragment, a colon, the sender's fragment
/// @param priority what a peer-reflexive candidate found by this check is worth, RFC 8445 §7.1.1
/// @param iceControlling the tie breaker of a peer in the controlling role, RFC 8445 §7.1.3
/// @param iceControlled the tie breaker of a peer in the controlled role
/// @param errorCode 300 to 699, or 0 where there is no ERROR-CODE
/// @param unknownRequired types that we must understand to serve the request and do not, RFC 8489 §6.3.1
/// @param integrity what MESSAGE-INTEGRITY covers and claims
/// @param lengthBytes on the wire
public record StunMessage(
        Kind kind,
        int method,
        TransactionId transactionId,
        @Nullable String username,
        @Nullable Long priority,
        boolean useCandidate,
        @Nullable Long iceControlling,
        @Nullable Long iceControlled,
        @Nullable InetSocketAddress xorMappedAddress,
        int errorCode,
        List<Integer> unknownRequired,
        @Nullable Integrity integrity,
        boolean hasFingerprint,
        int lengthBytes) {

    public static final int BINDING = 1;

    /// The class of a message: bits 4 and 8 of its type, RFC 8489 §5.
    public enum Kind {
        REQUEST,
        INDICATION,
        SUCCESS,
        ERROR
    }

    public boolean isBindingRequest() {
        return kind == Kind.REQUEST && method == BINDING;
    }

    /// A success or error answer to a Binding request.
    public boolean isBindingResponse() {
        return (kind == Kind.SUCCESS || kind == Kind.ERROR) && method == BINDING;
    }

    public boolean hasIntegrity() {
        return integrity != null;
    }

    /// The fragment before the colon: whom the message is for. Null without a USERNAME of that form.
    public @Nullable String receiverUfrag() {
        int colon = username == null ? -1 : username.indexOf(':');
        return username == null || colon < 0 ? null : username.substring(0, colon);
    }
}
