package dev.parley.sfu.dtls;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a handshake did between being fed and wanting more: the records it sent (each one complete, in order) and,
/// when it is over, its end.
record HandshakeStep(List<byte[]> records, @Nullable HandshakeEnd end) {}
