package dev.parley.netsim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlatJsonTest {
    @Test
    void readsNumbersBooleansAndStrings() {
        assertThat(FlatJson.parse(" {\"a\": 5, \"b\":-0.25,\"c\" : 1e3, \"d\":true,\"e\":\"up\"} "))
                .containsEntry("a", 5.0)
                .containsEntry("b", -0.25)
                .containsEntry("c", 1000.0)
                .containsEntry("d", true)
                .containsEntry("e", "up")
                .hasSize(5);
        assertThat(FlatJson.parse("{ }")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "{",
                "}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":1 \"b\":2}",
                "{a:1}",
                "{\"a\":{}}"
            })
    void refusesWhatIsNotAFlatObject(String line) {
        assertThatThrownBy(() -> FlatJson.parse(line)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesOrReadsAnythingWithoutOtherErrors() {
        byte[] sample = "{\"direction\":\"up\",\"loss\":0.05,\"reset\":true}".getBytes(StandardCharsets.ISO_8859_1);
        Fuzz.mutations(Fuzz.runs(20_000), List.of(sample), bytes -> {
            try {
                FlatJson.parse(new String(bytes, StandardCharsets.ISO_8859_1));
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageMatching("(?s)(not a JSON object|expected \"name\").*");
            }
        });
    }

    @Test
    void quotesWhatWouldEndAString() {
        assertThat(FlatJson.quote("a \"b\" \\ \n c")).isEqualTo("\"a \\\"b\\\" \\\\   c\"");
    }
}
