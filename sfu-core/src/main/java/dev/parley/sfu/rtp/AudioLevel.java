package dev.parley.sfu.rtp;

import dev.parley.sfu.base.Packet;

/// The loudness of an audio packet, [RFC 6464 §3](https://www.rfc-editor.org/rfc/rfc6464#section-3):
///
///     | V 1 | level 7 |      level: -dBov, 0 the loudest, 127 silence
///
/// Packed in one int, so that reading it allocates nothing.
public final class AudioLevel {
    public static final int SILENCE = 127;

    /// No level in the packet.
    public static final int ABSENT = -1;

    private AudioLevel() {}

    /// The extension's byte, or `ABSENT`.
    public static int of(Packet p, HeaderExtensions extensions) {
        return extensions.has(ExtensionType.AUDIO_LEVEL, 1)
                ? p.u8(extensions.offset(ExtensionType.AUDIO_LEVEL))
                : ABSENT;
    }

    /// 0 (loudest) to 127 (silence) below the overload point.
    public static int level(int audioLevel) {
        return audioLevel & 0x7f;
    }

    /// The sender's encoder thinks that this is speech.
    public static boolean voice(int audioLevel) {
        return audioLevel >= 0 && (audioLevel & 0x80) != 0;
    }
}
