package dev.parley.signaling.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MediaTypeTest {
    private static byte[] head(String latin) {
        return (latin + "\0\0\0\0\0\0\0\0\0\0\0\0").substring(0, 12).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void theFirstBytesSayWhatItIsWhateverIsClaimed() {
        assertThat(MediaType.of(head("\u0089PNG\r\n\u001a\n"), "text/html")).isEqualTo("image/png");
        assertThat(MediaType.of(head("\u00ff\u00d8\u00ff\u00e0"), "")).isEqualTo("image/jpeg");
        assertThat(MediaType.of(head("RIFF\0\0\0\0WEBP"), "image/png")).isEqualTo("image/webp");
        assertThat(MediaType.of(head("RIFF\0\0\0\0WAVE"), "audio/wav")).isEqualTo("audio/wav");
        assertThat(MediaType.of(head("\0\0\0\u0020ftypisom"), "video/mp4")).isEqualTo("video/mp4");
        assertThat(MediaType.of(head("%PDF-1.7"), "image/svg+xml")).isEqualTo("application/pdf");
    }

    @Test
    void theClientKnowsBetterWhatIsInABox() {
        assertThat(MediaType.of(head("\0\0\0\u0020ftypM4A "), "audio/mp4")).isEqualTo("audio/mp4");
        assertThat(MediaType.of(head("\0\0\0\u0020ftypM4A "), "text/html")).isEqualTo("video/mp4");
        String document = "application/vnd.oasis.opendocument.text";
        assertThat(MediaType.of(head("PK\u0003\u0004"), document)).isEqualTo(document);
        assertThat(MediaType.of(head("PK\u0003\u0004"), "text/html")).isEqualTo("application/zip");
        assertThat(MediaType.of(head("PK\u0003\u0004"), "application/pdf")).isEqualTo("application/zip");
    }

    @Test
    void whatTheBytesWouldHaveSaidIsNotBelieved() {
        assertThat(MediaType.of(head("<html>"), "image/png")).isEqualTo(MediaType.UNKNOWN);
        assertThat(MediaType.of(head("<html>"), "image/avif")).isEqualTo(MediaType.UNKNOWN);
        assertThat(MediaType.of(new byte[1], "application/pdf")).isEqualTo(MediaType.UNKNOWN);
        assertThat(MediaType.of(head("hello"), "text/plain")).isEqualTo("text/plain");
    }

    @Test
    void whatIsNoTypeIsNotKept() {
        assertThat(MediaType.ofClient("Text/Plain; charset=utf-8")).isEqualTo("text/plain");
        for (String claimed :
                new String[] {"", "text", "text/", "/plain", "text/pl ain", "text/p\r\nX: y", "a/" + "b".repeat(200)}) {
            assertThat(MediaType.ofClient(claimed)).isEqualTo(MediaType.UNKNOWN);
        }
        assertThat(MediaType.ofClient(null)).isEqualTo(MediaType.UNKNOWN);
    }

    @Test
    void onlyPicturesSoundAndFilmAreServedAsWhatTheyAre() {
        Set<String> kinds = Set.of("image", "audio", "video", "application");
        Fuzz.bytes(20_000, 16, bytes -> {
            String type = MediaType.of(bytes, "image/svg+xml");
            String served = MediaType.served(type);
            assertThat(kinds).contains(served.substring(0, served.indexOf('/')));
            assertThat(served).doesNotContain("svg").doesNotContain("xml").doesNotContain("pdf");
        });
        assertThat(MediaType.served("text/html")).isEqualTo(MediaType.UNKNOWN);
        assertThat(MediaType.served("image/svg+xml")).isEqualTo(MediaType.UNKNOWN);
        assertThat(MediaType.served("image/png")).isEqualTo("image/png");
    }
}
