package dev.parley.sfu.rtp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Which number each header extension has, as negotiated for one section or for all sections of a bundle.
/// Immutable, to be shared.
public final class ExtensionIds {
    /// Nothing negotiated.
    public static final ExtensionIds NONE = new ExtensionIds(new byte[ExtensionType.ALL.length], new byte[256], 0);

    /// The largest id of the one-byte form, RFC 8285 §4.2.
    static final int ONE_BYTE_ID_MAX = 14;

    private static final int ID_MAX = 255;
    private static final int ONE_BYTE_STOP = 15;

    private final byte[] idOfType;
    /// Ordinal + 1, 0 = none.
    private final byte[] typeOfId;
    private final int bits;

    private ExtensionIds(byte[] idOfType, byte[] typeOfId, int bits) {
        this.idOfType = idOfType;
        this.typeOfId = typeOfId;
        this.bits = bits;
    }

    /// Ids that an offer may use: 1 to 14 and 16 to 255; 15 ends a one-byte block.
    public static boolean usable(int id) {
        return id > 0 && id <= ID_MAX && id != ONE_BYTE_STOP;
    }

    /// These and one more. What had the type or the id before loses it.
    public ExtensionIds with(ExtensionType type, int id) {
        if (!usable(id)) {
            throw new IllegalArgumentException("extension id " + id);
        }
        byte[] ids = idOfType.clone();
        byte[] types = typeOfId.clone();
        types[ids[type.ordinal()] & 0xff] = 0;
        if (types[id] != 0) {
            ids[types[id] - 1] = 0;
        }
        ids[type.ordinal()] = (byte) id;
        types[id] = (byte) (type.ordinal() + 1);
        return new ExtensionIds(ids, types, bitsOf(ids));
    }

    /// 0 when not negotiated.
    public int id(ExtensionType type) {
        return id(type.ordinal());
    }

    int id(int ordinal) {
        return idOfType[ordinal] & 0xff;
    }

    public @Nullable ExtensionType type(int id) {
        int ordinal = id < 0 || id > ID_MAX ? -1 : ordinal(id);
        return ordinal < 0 ? null : ExtensionType.ALL[ordinal];
    }

    /// The ordinal of the type with this id (0 to 255), or -1.
    int ordinal(int id) {
        return typeOfId[id] - 1;
    }

    public boolean has(ExtensionType type) {
        return (bits & type.bit()) != 0;
    }

    /// The set of negotiated types.
    int bits() {
        return bits;
    }

    private static int bitsOf(byte[] ids) {
        int bits = 0;
        for (int i = 0; i < ids.length; i++) {
            bits |= ids[i] == 0 ? 0 : 1 << i;
        }
        return bits;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ExtensionIds that && Arrays.equals(idOfType, that.idOfType);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(idOfType);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("ExtensionIds[");
        for (ExtensionType type : ExtensionType.ALL) {
            if (has(type)) {
                text.append(type).append('=').append(id(type)).append(' ');
            }
        }
        return text.toString().stripTrailing() + "]";
    }
}
