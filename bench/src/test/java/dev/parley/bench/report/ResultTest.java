package dev.parley.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultTest {
    private static final Machine MACHINE = new Machine("0123456789ab", "a processor", 2, "25.0.1");

    @TempDir
    private Path folder;

    private String told(Result result) throws IOException {
        PrintStream usual = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            result.tell(folder.resolve("results.jsonl"));
        } finally {
            System.setOut(usual);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void isOneLineThatBeginsWithItsNameAndTheCommonKeys() throws IOException {
        String line = told(new Result("forward", MACHINE, new Neighbours()).put("ratio", 1.318, 2));
        assertThat(line)
                .startsWith("RESULT {\"bench\":\"forward\",\"schema\":1,")
                .hasLineCount(1);
        JsonNode json = JsonMapper.builder().build().readTree(line.substring("RESULT ".length()));
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly("bench", "schema", "commit", "cpu", "cores", "jdk", "seconds", "disturbed", "ratio");
        assertThat(json.path("ratio").asDouble()).isEqualTo(1.32);
        assertThat(json.path("cores").asInt()).isEqualTo(2);
    }

    @Test
    void isAddedToWhatWasMeasuredBefore() throws IOException {
        told(new Result("forward", MACHINE, new Neighbours()));
        told(new Result("people", MACHINE, new Neighbours()));
        assertThat(Files.readAllLines(folder.resolve("results.jsonl")))
                .hasSize(2)
                .allMatch(line -> line.startsWith("{\"bench\":"));
    }

    @Test
    void whatWasNotMeasuredIsNull() {
        Result result = new Result("forward", MACHINE, new Neighbours())
                .put("ratio", Double.NaN, 2)
                .put("max", Double.POSITIVE_INFINITY, 2);
        assertThat(result.json()).endsWith("\"ratio\":null,\"max\":null}");
    }
}
