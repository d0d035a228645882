package dev.parley.sfu.sctp.packet;

import dev.parley.sfu.base.WireReader;
import dev.parley.sfu.base.WireWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Streams are reset, [RFC 6525 §3.1](https://www.rfc-editor.org/rfc/rfc6525#section-3.1):
///
///     | type = 130 | flags | length | parameter | (second parameter) |
public record ReconfigChunk(List<ReconfigParameter> parameters) implements Chunk {
    private static final int PARAMETERS_MAX = 2;

    static @Nullable ReconfigChunk parse(WireReader r) {
        List<ReconfigParameter> parameters = new ArrayList<>(PARAMETERS_MAX);
        for (@Nullable Tlv p = Tlv.next(r); p != null; p = Tlv.next(r)) {
            ReconfigParameter parameter = ReconfigParameter.parse(p);
            if (parameter == null || parameters.size() == PARAMETERS_MAX) {
                return null;
            }
            parameters.add(parameter);
        }
        return r.overrun() || parameters.isEmpty() ? null : new ReconfigChunk(parameters);
    }

    @Override
    public int type() {
        return ChunkType.RE_CONFIG;
    }

    @Override
    public void writeValue(WireWriter w) {
        for (ReconfigParameter parameter : parameters) {
            parameter.write(w);
        }
    }
}
