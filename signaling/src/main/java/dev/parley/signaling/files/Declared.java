package dev.parley.signaling.files;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a client says of a file before its bytes come. One that exists is well formed; nothing in it is believed but
/// the size, and that is held to.
///
/// @param id made by the client: the same upload has the same one
record Declared(String id, String name, long size, String type) {
    static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{8,64}");

    static Declared of(String id, String name, long size, @Nullable String type) {
        if (!ID.matcher(id).matches()) {
            throw new FileRefusal(FileFault.BAD_MESSAGE, "id: 8 to 64 letters, digits, - and _");
        }
        if (size < 1) {
            throw new FileRefusal(FileFault.BAD_MESSAGE, "size: at least 1 byte");
        }
        return new Declared(id, FileName.of(name), size, MediaType.ofClient(type));
    }
}
