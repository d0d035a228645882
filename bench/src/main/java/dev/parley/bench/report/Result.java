package dev.parley.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One measured point: a line that begins `RESULT `, and the same JSON object in `bench/results.jsonl`. Keys stand in
/// the order in which they were put.
public final class Result {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SCHEMA = 1;

    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    public Result(String bench, Machine machine, Neighbours neighbours) {
        put("bench", bench);
        put("schema", SCHEMA);
        put("commit", machine.commit());
        put("cpu", machine.cpu());
        put("cores", machine.cores());
        put("jdk", machine.jdk());
        put("seconds", Math.round(neighbours.seconds()));
        put("disturbed", neighbours.disturbed());
    }

    public Result put(String key, @Nullable Object value) {
        values.put(key, value);
        return this;
    }

    /// A figure with so many digits behind the point; null where there is none.
    public Result put(String key, double value, int digits) {
        return put(key, round(value, digits));
    }

    public static @Nullable Double round(double value, int digits) {
        double scale = Math.pow(10, digits);
        return Double.isNaN(value) || Double.isInfinite(value) ? null : Math.round(value * scale) / scale;
    }

    /// What was put so far.
    public Map<String, @Nullable Object> values() {
        return Collections.unmodifiableMap(values);
    }

    String json() {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("figures and texts can be written", e);
        }
    }

    /// Prints the line and keeps it in a file.
    public void tell(Path kept) {
        System.out.println("RESULT " + json());
        try {
            Files.writeString(kept, json() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
