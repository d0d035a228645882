package dev.parley.sfu.sctp.packet;

import dev.parley.sfu.base.WireReader;
import dev.parley.sfu.base.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why something was refused, [RFC 9260 §3.3.10](https://www.rfc-editor.org/rfc/rfc9260#section-3.3.10).
public record ErrorCause(int code, byte[] info) {
    public static final int INVALID_STREAM = 1;
    public static final int STALE_COOKIE = 3;
    public static final int OUT_OF_RESOURCE = 4;
    public static final int UNRECOGNIZED_CHUNK = 6;
    public static final int INVALID_PARAMETER = 7;
    public static final int NO_USER_DATA = 9;
    public static final int COOKIE_WHILE_SHUTTING_DOWN = 10;
    public static final int USER_ABORT = 12;
    public static final int PROTOCOL_VIOLATION = 13;

    public static ErrorCause of(int code, String text) {
        return new ErrorCause(code, text.getBytes(StandardCharsets.UTF_8));
    }

    public String text() {
        return new String(info, StandardCharsets.UTF_8);
    }

    /// Null when lengths lie.
    static @Nullable List<ErrorCause> parse(WireReader r) {
        List<ErrorCause> causes = new ArrayList<>();
        for (@Nullable Tlv cause = Tlv.next(r); cause != null; cause = Tlv.next(r)) {
            causes.add(new ErrorCause(
                    cause.type(), cause.value().bytes(cause.value().remaining())));
        }
        return r.overrun() ? null : causes;
    }

    static void write(WireWriter w, List<ErrorCause> causes) {
        for (ErrorCause cause : causes) {
            Tlv.write(w, cause.code(), cause.info());
        }
    }
}
