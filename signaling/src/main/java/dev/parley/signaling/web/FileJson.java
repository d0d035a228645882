package dev.parley.signaling.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.signaling.files.FileFault;
import dev.parley.signaling.files.FileRefusal;
import dev.parley.signaling.files.FileStore;
import dev.parley.signaling.files.ListedFile;
import dev.parley.signaling.files.Upload;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is said about files in JSON, docs/protocol.md.
final class FileJson {
    static final int BODY_BYTES_MAX = 8 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(8)
                            .maxStringLength(BODY_BYTES_MAX)
                            .maxNumberLength(32)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private FileJson() {}

    /// What a client says when it begins.
    record Begin(
            @JsonProperty(required = true) String id,
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) long size,
            @Nullable String type) {}

    private record UploadJson(String id, long offset, long size, boolean complete, String name, String type) {}

    private record ListJson(List<ListedJson> files, boolean more) {}

    private record ListedJson(
            long n, String at, String from, String fromName, String key, String name, long size, String type) {
        static ListedJson of(ListedFile file) {
            return new ListedJson(
                    file.n(),
                    file.at().toString(),
                    file.from(),
                    file.fromName(),
                    file.file().key(),
                    file.file().name(),
                    file.file().size(),
                    file.file().type());
        }
    }

    static Begin begin(byte[] body) {
        try {
            Begin begin = JSON.readValue(body, Begin.class);
            if (begin != null && begin.id() != null && begin.name() != null) {
                return begin;
            }
        } catch (IOException _) {
            // said below
        }
        throw new FileRefusal(FileFault.BAD_MESSAGE, "a JSON object with id, name, size and, perhaps, type");
    }

    static Response of(int status, Upload upload) {
        return json(
                status,
                new UploadJson(
                        upload.id(),
                        upload.received(),
                        upload.size(),
                        upload.complete(),
                        upload.name(),
                        upload.type()));
    }

    static Response of(FileStore.Part part) {
        return json(200, new ListJson(part.files().stream().map(ListedJson::of).toList(), part.more()));
    }

    private static Response json(int status, Object value) {
        try {
            return Response.of(status, "application/json", JSON.writeValueAsBytes(value))
                    .with("Cache-Control", "no-store");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records of strings and numbers can be written", e);
        }
    }
}
