package dev.parley.signaling.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.signaling.testing.FilePeer;
import dev.parley.signaling.testing.FilePeer.Answer;
import dev.parley.signaling.testing.FilePeer.Over;
import dev.parley.signaling.testing.RawHttp2;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Files that are shown and read, and how they go, through the real front door, by HTTP/1.1 and by HTTP/2.
class FilesServedTest extends AgainstFiles {
    @ParameterizedTest
    @EnumSource
    void isUploadedShownAndReadByWhoeverKnowsItsKey(Over over) {
        String room = freshRoom();
        byte[] file = bytes(2 * PART + 12_345);
        try (FilePeer alice = peer(over, room, "alice");
                FilePeer bob = peer(over, room, "bob")) {
            assertThat(alice.joined.path("files").path("part").asInt()).isEqualTo(PART);
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

            Answer read = bob.download(key(shown));
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

    @ParameterizedTest
    @EnumSource
    void aPartOfAFileCanBeRead(Over over) {
        byte[] file = bytes(200_000);
        try (FilePeer alice = peer(over, freshRoom(), "alice")) {
            String key = key(shown(alice, "upload-1", file, "here"));
            Answer whole = alice.download(key);
            assertThat(whole.header("Accept-Ranges")).isEqualTo("bytes");
            String tag = whole.header("ETag");
            Answer middle = alice.download(key, "Range", "bytes=1000-1999");
            assertThat(middle.status()).isEqualTo(206);
            assertThat(middle.header("Content-Range")).isEqualTo("bytes 1000-1999/200000");
            assertThat(middle.bytes()).isEqualTo(slice(file, 1_000, 1_000));
            assertThat(alice.download(key, "Range", "bytes=-10").bytes()).isEqualTo(slice(file, 199_990, 10));
            assertThat(alice.download(key, "Range", "bytes=199999-", "If-Range", tag)
                            .status())
                    .isEqualTo(206);
            assertThat(alice.download(key, "Range", "bytes=1-2", "If-Range", "\"other\"")
                            .status())
                    .isEqualTo(200);
            Answer outside = alice.download(key, "Range", "bytes=200000-");
            assertThat(outside.status()).isEqualTo(416);
            assertThat(outside.header("Content-Range")).isEqualTo("bytes */200000");
            assertThat(alice.download(key, "If-None-Match", tag).status()).isEqualTo(304);
            Answer head = alice.send(alice.request("/files/" + key).method("HEAD", BodyPublishers.noBody()));
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Length")).isEqualTo("200000");
            assertThat(head.bytes()).isEmpty();
            Answer none =
                    alice.send(alice.request("/files/" + key.replace(key.charAt(0), key.charAt(0) == 'A' ? 'B' : 'A'))
                            .method("HEAD", BodyPublishers.noBody()));
            assertThat(none.status()).isEqualTo(404);
            assertThat(none.bytes()).isEmpty();
            assertThat(alice.download(key).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void goesWithItsMessage(Over over) {
        try (FilePeer alice = peer(over, freshRoom(), "alice")) {
            long before = onDisk();
            JsonNode first = shown(alice, "upload-1", bytes(1_000), "one");
            JsonNode second = shown(alice, "upload-2", bytes(1_000), "");
            assertThat(onDisk()).isEqualTo(before + 2);
            alice.say("{\"type\":\"chat-edit\",\"n\":" + first.path("n").asLong() + ",\"text\":\"uno\"}");
            assertThat(alice.download(key(first)).status()).isEqualTo(200);
            alice.say("{\"type\":\"chat-delete\",\"n\":" + first.path("n").asLong() + "}");
            assertThat(alice.download(key(first)).status()).isEqualTo(404);
            JsonNode messages = alice.say("{\"type\":\"history\"}").path("messages");
            assertThat(messages.path(0).path("deleted").asBoolean()).isTrue();
            assertThat(messages.path(0).has("file")).isFalse();
            assertThat(messages.path(1).path("file")).isEqualTo(second.path("file"));
            assertThat(alice.download(key(second)).status()).isEqualTo(200);
            await("its bytes are deleted", () -> onDisk() == before + 1);
            assertThat(alice.begin("upload-1", "again.bin", 10, null).status()).isEqualTo(201);
        }
    }

    @Test
    void goesWithItsRoom() {
        long before = onDisk();
        try (FilePeer alice = peer(Over.HTTP_1, freshRoom(), "alice")) {
            String key = key(shown(alice, "upload-1", bytes(1_000), "one"));
            alice.begin("upload-2", "half.bin", 1_000, null);
            alice.part("upload-2", 0, bytes(500));
            assertThat(onDisk()).isEqualTo(before + 2);
            alice.say("{\"type\":\"leave\"}");
            await("the file is gone", () -> alice.download(key).status() == 404);
            await("its bytes are deleted", () -> onDisk() == before);
            Answer late = alice.part("upload-2", 500, bytes(500));
            assertThat(late.status()).isEqualTo(401);
            assertThat(late.code()).isEqualTo("unauthorized");
        }
    }

    @Test
    void aFileIsShownOnceByAMessageWithOrWithoutText() {
        try (FilePeer alice = peer(Over.HTTP_1, freshRoom(), "alice")) {
            alice.begin("upload-1", "note.bin", 1_000, null);
            assertThat(alice.show("message-0", "", "upload-1", null)
                            .path("code")
                            .asText())
                    .isEqualTo("bad_message");
            JsonNode message = shown(alice, "upload-1", bytes(1_000), "with words");
            assertThat(message.path("text").asText()).isEqualTo("with words");
            JsonNode again = alice.show("message-of-upload-1", "with words", "upload-1", null);
            assertThat(again.path("n")).isEqualTo(message.path("n")); // the same message, answered as before
            assertThat(alice.show("message-2", "", "upload-1", null)
                            .path("code")
                            .asText())
                    .isEqualTo("bad_message");
            assertThat(alice.show("message-3", "", "upload-none", null)
                            .path("code")
                            .asText())
                    .isEqualTo("bad_message");
            assertThat(alice.say("{\"type\":\"chat\",\"message\":\"message-4\",\"text\":\"\"}")
                            .path("code")
                            .asText())
                    .isEqualTo("bad_message");
            Answer kept = alice.end("upload-1");
            assertThat(kept.status()).isEqualTo(409);
            assertThat(kept.code()).isEqualTo("file_taken");
            assertThat(alice.begin("upload-1", "other.bin", 1_000, null).code()).isEqualTo("file_taken");
        }
    }

    @ParameterizedTest
    @EnumSource
    void listsWhatOneMayRead(Over over) {
        String room = freshRoom();
        try (FilePeer alice = peer(over, room, "alice");
                FilePeer bob = peer(over, room, "bob");
                FilePeer carol = peer(over, room, "carol")) {
            JsonNode first = shown(alice, "upload-1", bytes(1_000), "for all");
            alice.upload("upload-2", "secret.bin", bytes(2_000), null);
            alice.show(
                    "message-2", "", "upload-2", bob.joined.path("participant").asText());
            alice.upload("upload-3", "not shown.bin", bytes(3_000), null);
            JsonNode listed = bob.list("").json();
            assertThat(listed.path("more").asBoolean(true)).isFalse();
            assertThat(listed.path("files")).hasSize(2);
            assertThat(listed.path("files").path(0).path("name").asText()).isEqualTo("secret.bin");
            JsonNode older = listed.path("files").path(1);
            assertThat(older.path("key")).isEqualTo(first.path("file").path("key"));
            assertThat(older.path("fromName").asText()).isEqualTo("alice");
            assertThat(older.path("n")).isEqualTo(first.path("n"));
            assertThat(alice.list("").json().path("files")).hasSize(2);
            assertThat(carol.list("").json().path("files")).hasSize(1);
            assertThat(bob.list("?before=" + first.path("n").asLong()).json().path("files"))
                    .isEmpty();
            assertThat(bob.list("?before=x").status()).isEqualTo(400);
        }
    }

    @Test
    void pagesOfOtherOriginsGetNothing() {
        try (FilePeer alice = peer(Over.HTTP_1, freshRoom(), "alice")) {
            String key = key(shown(alice, "upload-1", bytes(100), ""));
            Answer file = alice.download(key, "Origin", "https://elsewhere.example");
            assertThat(file.header("Access-Control-Allow-Origin")).isEmpty();
            assertThat(file.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
            Answer preflight = alice.send(alice.request(alice.path() + "/upload-1")
                    .header("Origin", "https://elsewhere.example")
                    .header("Access-Control-Request-Method", "PUT")
                    .method("OPTIONS", BodyPublishers.noBody()));
            assertThat(preflight.status()).isEqualTo(405);
            assertThat(preflight.header("Access-Control-Allow-Origin")).isEmpty();
        }
    }

    @Test
    void isNotTakenWhereItIsSwitchedOff(@TempDir Path data) throws Exception {
        try (TestServer without = TestServer.start(data, "--file-size=off");
                FilePeer alice = new FilePeer(Over.HTTP_1, without.http(), without.port(), "demo", "alice", null)) {
            assertThat(alice.joined.path("files").isNull()).isTrue();
            assertThat(alice.ask("upload-1").status()).isEqualTo(404);
        }
    }

    @Test
    void figuresSayWhatWasDone() {
        double up = server.figure("parley_file_transferred_bytes_total{direction=\"up\"}");
        double down = server.figure("parley_file_transferred_bytes_total{direction=\"down\"}");
        double whole = server.figure("parley_file_uploads_total");
        try (FilePeer alice = peer(Over.HTTP_1, freshRoom(), "alice")) {
            JsonNode message = shown(alice, "upload-1", bytes(70_000), "");
            alice.download(key(message));
            assertThat(server.figure("parley_file_transferred_bytes_total{direction=\"up\"}"))
                    .isEqualTo(up + 70_000);
            await(
                    "its sender notes it",
                    () -> server.figure("parley_file_transferred_bytes_total{direction=\"down\"}") == down + 70_000);
            assertThat(server.figure("parley_file_uploads_total")).isEqualTo(whole + 1);
            await("the sweep looks", () -> server.figure("parley_files_stored_bytes") >= 70_000);
        }
    }

    /// A window of HTTP/2 is 64 KiB, and this client does not open it again.
    @Test
    void whoTakesNothingOfADownloadIsLetGo() {
        double before = server.figure("parley_limit_hits_total{limit=\"slow_download\"}");
        byte[] file = bytes(PART);
        try (FilePeer alice = peer(Over.HTTP_1, freshRoom(), "alice")) {
            String key = key(shown(alice, "upload-1", file, ""));
            try (RawHttp2 idle = new RawHttp2(server.port()).begin()) {
                byte[] get = RawHttp2.get("/files/" + key);
                idle.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, 1, get);
                await(
                        "it is let go",
                        () -> server.figure("parley_limit_hits_total{limit=\"slow_download\"}") == before + 1);
                assertThat(idle.next(RawHttp2.RST_STREAM).stream()).isOne();
            }
            assertThat(alice.download(key).bytes()).isEqualTo(file);
        }
    }
}
