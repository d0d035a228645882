package dev.parley.signaling.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FileNameTest {
    @Test
    void ordinaryNamesStayAsTheyAre() {
        for (String name : new String[] {
            "plan.pdf", "Ünïcode 文件 🎉.tar.gz", "no extension", "a", "it's (1) [final] & more, really.txt", "👩‍💻.png"
        }) {
            assertThat(FileName.of(name)).isEqualTo(name);
        }
    }

    @Test
    void whatIsLongKeepsItsExtension() {
        assertThat(FileName.of("x".repeat(1_000) + ".pdf")).hasSize(255).endsWith(".pdf");
        assertThat(FileName.of("x".repeat(300) + "." + "y".repeat(300))).hasSize(255);
        assertThat(FileName.of("🎉".repeat(100) + ".txt")).isEqualTo("🎉".repeat(62) + ".txt");
    }

    @Test
    void whateverIsClaimedTheNameIsOne() {
        Fuzz.bytes(20_000, 400, bytes -> {
            String name = FileName.of(new String(bytes, StandardCharsets.UTF_16));
            assertThat(name).isNotBlank().doesNotStartWith(".").doesNotEndWith(".");
            assertThat(name.getBytes(StandardCharsets.UTF_8).length).isBetween(1, FileName.BYTES_MAX);
            assertThat(name.codePoints())
                    .noneMatch(
                            c -> c < ' ' || "/\\<>:\"|?*".indexOf(c) >= 0 || Character.getType(c) == Character.CONTROL);
            assertThat(FileName.of(name)).isEqualTo(name);
        });
    }
}
