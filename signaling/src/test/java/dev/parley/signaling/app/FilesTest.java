package dev.parley.signaling.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.netsim.Fuzz;
import dev.parley.signaling.testing.FilePeer;
import dev.parley.signaling.testing.FilePeer.Answer;
import dev.parley.signaling.testing.FilePeer.Over;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Files through the real front door, by HTTP/1.1 and by HTTP/2.
class FilesTest extends AgainstOneServer {
    private final SplittableRandom random = new SplittableRandom(Fuzz.seed());
    private int rooms;

    private FilePeer peer(Over over, String room, String name) {
        return new FilePeer(over, server.http(), server.port(), room, name, "device-of-" + name);
    }

    private String freshRoom() {
        return "files-" + ++rooms + "-" + random.nextInt(1_000_000);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        bytes[0] = 0; // which no type begins with
        return bytes;
    }

    @ParameterizedTest
    @EnumSource
    void isUploadedShownAndReadByWhoeverKnowsItsKey(Over over) {
        String room = freshRoom();
        byte[] file = bytes(2 * FilePeer.PART + 12_345);
        try (FilePeer alice = peer(over, room, "alice");
                FilePeer bob = peer(over, room, "bob")) {
            assertThat(alice.joined.path("files").path("part").asInt()).isEqualTo(FilePeer.PART);
            assertThat(alice.joined.path("files").path("max").asLong()).isEqualTo(100L << 20);
            Answer begun = alice.begin("upload-1", "plan über all.pdf", file.length, "text/plain; charset=utf-8");
            assertThat(begun.status()).as(begun.toString()).isEqualTo(201);
            JsonNode done = alice.upload("upload-1", "plan über all.pdf", file, "text/plain");
            assertThat(done.path("complete").asBoolean()).isTrue();
            assertThat(alice.show("message-1", "", "upload-1", null)
                            .path("type")
                            .asText())
                    .isEqualTo("said");

            JsonNode shown = bob.socket.message("chat").path("message");
            assertThat(shown.path("name").asText()).isEqualTo("alice");
            assertThat(shown.path("file").path("name").asText()).isEqualTo("plan über all.pdf");
            assertThat(shown.path("file").path("size").asLong()).isEqualTo(file.length);
            assertThat(shown.path("file").path("type").asText()).isEqualTo("text/plain");
            assertThat(bob.last().path("file")).isEqualTo(shown.path("file"));

            Answer read = bob.download(shown.path("file").path("key").asText());
            assertThat(read.status()).isEqualTo(200);
            assertThat(read.bytes()).isEqualTo(file);
            assertThat(read.header("Content-Disposition"))
                    .isEqualTo(
                            "attachment; filename=\"plan _ber all.pdf\"; filename*=UTF-8''plan%20%C3%BCber%20all.pdf");
            assertThat(read.header("Content-Type")).isEqualTo("application/octet-stream");
            assertThat(read.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(read.header("Content-Security-Policy"))
                    .contains("sandbox")
                    .contains("default-src 'none'");
            assertThat(read.header("Cache-Control")).isEqualTo("private, no-cache");
            assertThat(read.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        }
    }
}
