package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchTest {
    private static String refusal(String... arguments) {
        StringWriter said = new StringWriter();
        int code = Bench.line().setErr(new PrintWriter(said, true)).execute(arguments);
        assertThat(code).isEqualTo(2);
        return said.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "forward --bytes many, many",
        "forward --bytes 9000, --bytes must be 40 to 1400",
        "forward --destinations 0, --destinations must be 1 to 2000",
        "forward --kind smell, --kind is video or audio",
        "forward --group 100, --group must be 1 to 64",
        "forward --speed 3, --speed",
        "forged --bytes 1, --bytes must be 40 to 1400",
        "data --people 1, --people must be 2 to 500",
        "data --rate 0, --rate must be 1 to 200",
        "data --bytes 15, --bytes must be 16 to 262144",
        "data --megabytes 0, --megabytes must be 1 to 1000",
        "data --case smell, --case",
        "people --people 1, --people must be 2 to 500",
        "viewers --joins 3, --joins must be 40 to 2000",
        "backward, backward",
    })
    void aWrongArgumentIsNamedInOneLine(String arguments, String named) {
        assertThat(refusal(arguments.split(" "))).contains(named).hasLineCount(1);
    }

    /// Small and short, but all of it: both directions over sockets, and the pair in memory.
    @Test
    void dataTellsWhatOneAssociationCarriesAndCosts(@TempDir Path folder) throws IOException {
        Path results = folder.resolve("results.jsonl");
        String arguments = "data --case association --bytes 16384,1024 --megabytes 1 --seconds 0 --warm-up 0"
                + " --no-pinning --results " + results;
        assertThat(Bench.line().execute(arguments.split(" "))).isZero();
        assertThat(Files.readAllLines(results)).hasSize(2).allSatisfy(line -> {
            JsonNode result = JsonMapper.builder().build().readTree(line);
            assertThat(result.fieldNames())
                    .toIterable()
                    .containsSubsequence("bench", "case", "bytes", "up", "down", "memory_ms_per_mb")
                    .hasSize(13);
            assertThat(result.path("memory_ms_per_mb").path("best").asDouble()).isPositive();
            for (String direction : List.of("up", "down")) {
                JsonNode told = result.path(direction);
                assertThat(told.path("mb_per_second").path("median").asDouble()).isPositive();
                assertThat(told.path("server_ms_per_mb").path("best").asDouble())
                        .isPositive();
                assertThat(told.path("client_ms_per_mb").path("best").asDouble())
                        .isPositive();
            }
        });
    }

    /// Small and short, but all of it: another process publishes, subscribers join, the loop's thread is measured.
    @Test
    void forwardTellsExactlyWhatIsPromised(@TempDir Path folder) throws IOException {
        Path results = folder.resolve("results.jsonl");
        String arguments = "forward --destinations 3 --seconds 1 --warm-up 0 --no-pinning --results " + results;
        assertThat(Bench.line().execute(arguments.split(" "))).isZero();
        JsonNode result = JsonMapper.builder().build().readTree(Files.readString(results));
        assertThat(result.fieldNames())
                .toIterable()
                .containsSubsequence(
                        "bench",
                        "kind",
                        "bytes",
                        "destinations",
                        "group",
                        "loops",
                        "profile",
                        "cipher",
                        "io",
                        "us_per_packet",
                        "c_us_per_packet",
                        "ratio",
                        "share",
                        "alloc_bytes_per_packet",
                        "loss")
                .hasSize(22);
        assertThat(result.path("profile").asText()).isEqualTo("AEAD_AES_128_GCM");
        assertThat(result.path("loss").asDouble()).isZero();
        assertThat(result.path("ratio").isNull()).as("nothing to compare with").isTrue();
        assertThat(result.path("us_per_packet").path("median").asDouble()).isPositive();
        assertThat(result.path("share").fieldNames()).toIterable().containsExactly("kernel", "crypto", "own");
    }

    @Test
    void forgedPacketsAreRefusedEachAndGoodOnesComeThroughBetweenThem(@TempDir Path folder) throws IOException {
        Path results = folder.resolve("results.jsonl");
        String arguments = "forged --seconds 1 --warm-up 0 --no-pinning --results " + results;
        assertThat(Bench.line().execute(arguments.split(" "))).isZero();
        JsonNode result = JsonMapper.builder().build().readTree(Files.readString(results));
        assertThat(result.path("loss").asDouble()).isZero();
        assertThat(result.path("good_us").asDouble()).isPositive();
        assertThat(result.path("forged_us").asDouble()).isPositive();
    }
}
