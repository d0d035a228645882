package dev.parley.signaling.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The configuration file: YAML, one key a setting, lists where a setting takes several.
final class ConfigFile {
    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS) // `off` is a word
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ConfigFile() {}

    static Map<Setting, Setting.Value> read(Path file) throws ConfigException {
        JsonNode tree = parse(file);
        Map<Setting, Setting.Value> values = new EnumMap<>(Setting.class);
        if (tree.isMissingNode() || tree.isNull()) {
            return values; // an empty file
        }
        if (!tree.isObject()) {
            throw new ConfigException(file + ": key: value lines are expected");
        }
        for (var field : tree.properties()) {
            Setting setting = Setting.ofKey(field.getKey());
            if (setting == null) {
                throw new ConfigException(
                        file + ": '" + field.getKey() + "' is no setting; allowed: " + Setting.known());
            }
            values.put(setting, new Setting.Value(text(file, field.getKey(), field.getValue()), file.toString()));
        }
        return values;
    }

    private static JsonNode parse(Path file) throws ConfigException {
        try {
            return YAML.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            String what =
                    String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("not YAML");
            throw new ConfigException(file + ", line " + line + ": " + what);
        } catch (IOException e) {
            throw new ConfigException("config: '" + file + "' cannot be read; allowed: a YAML file that exists");
        }
    }

    private static String text(Path file, String key, JsonNode value) throws ConfigException {
        if (value.isValueNode()) {
            return value.isNull() ? "" : value.asText();
        }
        List<String> items = new ArrayList<>();
        for (JsonNode item : value) {
            if (!value.isArray() || !item.isValueNode()) {
                throw new ConfigException(file + ": " + key + " takes one value or a list of values");
            }
            items.add(item.asText());
        }
        return String.join(",", items);
    }
}
