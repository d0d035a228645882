package dev.parley.signaling.socket;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.model.RefusalCode;
import java.io.IOException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads one message strictly: what could be read in two ways is refused. Stateless; callable from any thread.
final class MessageReader {
    /// Deeper than any message of ours by far.
    private static final int DEPTH_MAX = 32;
    /// Digits of an integer are at most 19.
    private static final int NUMBER_CHARACTERS_MAX = 32;

    private static final int NAME_CHARACTERS_MAX = 256;

    private static final JsonMapper JSON = mapper();

    /// What a text turned out to be.
    sealed interface Result {}

    record Good(ClientMessage message) implements Result {}

    /// JSON, but not a request that can be carried out. `re` is null when not even the id could be read.
    record Bad(@Nullable Long re, Refusal refusal) implements Result {}

    /// Not JSON as docs/protocol.md wants it: the connection cannot be trusted to go on.
    record Unreadable(String detail) implements Result {}

    /// A string has characters that no text has: a lone surrogate, or NUL.
    record NoText() implements Result {}

    private MessageReader() {}

    static Result read(String text) {
        JsonNode tree;
        try {
            tree = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return new Unreadable("not JSON as the protocol wants it: " + firstLine(e));
        }
        if (!tree.isObject()) {
            return new Unreadable("a message is one JSON object");
        }
        if (!isText(tree)) {
            return new NoText();
        }
        JsonNode id = tree.get("id");
        if (id == null || !id.canConvertToLong() || !id.isIntegralNumber()) {
            return new Bad(null, bad("id: an integer is required"));
        }
        if (speaksAnotherVersion(tree)) {
            return new Bad(id.longValue(), new Refusal(RefusalCode.UPGRADE_REQUIRED, "this server speaks v 1"));
        }
        return typed(tree, id.longValue());
    }

    private static boolean speaksAnotherVersion(JsonNode tree) {
        JsonNode version = tree.get("v");
        return tree.path("type").asText().equals("join")
                && version != null
                && version.isIntegralNumber()
                && version.longValue() != 1;
    }

    private static Result typed(JsonNode tree, long id) {
        try {
            return new Good(JSON.treeToValue(tree, ClientMessage.class));
        } catch (InvalidTypeIdException e) {
            return new Bad(id, bad("type: unknown or missing"));
        } catch (JsonMappingException e) {
            return e.getCause() instanceof Refusal refusal
                    ? new Bad(id, new Refusal(refusal.code(), at(e, refusal.detail())))
                    : new Bad(id, bad(at(e, "missing or of the wrong type")));
        } catch (JsonProcessingException e) {
            return new Bad(id, bad("not a message"));
        }
    }

    /// Whether what is known of a message, its beginning perhaps, says that it carries an SDP and may be large.
    static boolean carriesSdp(String beginning) {
        boolean offer = false;
        try (JsonParser parser = JSON.createParser(beginning)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                boolean field = token == JsonToken.FIELD_NAME
                        && parser.getParsingContext().getParent().inRoot();
                if (field && parser.currentName().equals("offer")) {
                    offer = true;
                } else if (field && parser.currentName().equals("type")) {
                    parser.nextToken();
                    if (!parser.getText().equals("join") && !parser.getText().equals("offer")) {
                        return false;
                    }
                }
            }
        } catch (IOException e) {
            return offer; // the beginning ends somewhere
        }
        return offer;
    }

    private static boolean isText(JsonNode node) {
        if (node.isTextual()) {
            return node.textValue().codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
        }
        for (var field : node.properties()) {
            if (field.getKey().codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
                return false;
            }
        }
        for (JsonNode child : node) {
            if (!isText(child)) {
                return false;
            }
        }
        return true;
    }

    private static Refusal bad(String detail) {
        return new Refusal(RefusalCode.BAD_MESSAGE, detail);
    }

    /// The path of the field that is wrong, `tiles[3].width` say; the detail may name the field itself.
    private static String at(JsonMappingException e, String detail) {
        String path = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining());
        String clean = path.startsWith(".") ? path.substring(1) : path;
        return clean.isEmpty() ? detail : clean + ": " + detail;
    }

    private static String firstLine(JsonProcessingException e) {
        String text = String.valueOf(e.getOriginalMessage());
        int end = text.indexOf('\n');
        String line = end < 0 ? text : text.substring(0, end);
        return line.length() > 120 ? line.substring(0, 120) : line;
    }

    private static JsonMapper mapper() {
        JsonFactory strict = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEPTH_MAX)
                        .maxStringLength(MessageFrames.SDP_MESSAGE_BYTES_MAX)
                        .maxNumberLength(NUMBER_CHARACTERS_MAX)
                        .maxNameLength(NAME_CHARACTERS_MAX)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
        return JsonMapper.builder(strict)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .build();
    }
}
