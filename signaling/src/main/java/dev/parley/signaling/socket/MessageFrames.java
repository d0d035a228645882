package dev.parley.signaling.socket;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Puts the fragments of one text message together, RFC 6455 section 5.4, within bounds. On the connection's loop.
final class MessageFrames {
    /// No message without an SDP comes near it: 64 tiles have 8 KiB.
    static final int MESSAGE_BYTES_MAX = 64 * 1024;
    /// An SDP of 256 KiB and what JSON adds to it.
    static final int SDP_MESSAGE_BYTES_MAX = 320 * 1024;
    /// Clients do not fragment at all, or in pieces of some KiB.
    static final int FRAGMENTS_MAX = 256;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int fragments;
    private boolean open;

    /// What a fragment led to; `closeCode` is 0 while all is well, `text` is there when the message is complete.
    record Step(int closeCode, String why, @Nullable String text) {
        private static final Step GO_ON = new Step(0, "", null);

        private static Step close(int code, String why) {
            return new Step(code, why, null);
        }
    }

    Step first(ByteBuf content, boolean last) {
        if (open) {
            return Step.close(1002, "a new message inside a fragmented one");
        }
        open = true;
        return add(content, last);
    }

    Step next(ByteBuf content, boolean last) {
        return open ? add(content, last) : Step.close(1002, "a continuation of nothing");
    }

    private Step add(ByteBuf content, boolean last) {
        int before = bytes.size();
        int total = before + content.readableBytes();
        if (++fragments > FRAGMENTS_MAX) {
            return Step.close(1009, "more than " + FRAGMENTS_MAX + " fragments");
        }
        if (total > SDP_MESSAGE_BYTES_MAX) {
            return Step.close(1009, "more than 320 KiB");
        }
        append(content);
        if (before <= MESSAGE_BYTES_MAX && total > MESSAGE_BYTES_MAX && !MessageReader.carriesSdp(beginning())) {
            return Step.close(1009, "more than 64 KiB without an SDP");
        }
        return last ? complete() : Step.GO_ON;
    }

    private void append(ByteBuf content) {
        try {
            content.readBytes(bytes, content.readableBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        }
    }

    /// Cut anywhere, also inside a character, which then is a replacement character in the last string.
    private String beginning() {
        return new String(bytes.toByteArray(), 0, Math.min(bytes.size(), MESSAGE_BYTES_MAX), StandardCharsets.UTF_8);
    }

    private Step complete() {
        String text = decode(bytes.toByteArray());
        bytes.reset();
        fragments = 0;
        open = false;
        return text == null ? Step.close(1007, "not UTF-8, or with NUL") : new Step(0, "", text);
    }

    /// Null for what is no text.
    static @Nullable String decode(byte[] utf8) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            return text.indexOf('\0') < 0 ? text : null;
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
