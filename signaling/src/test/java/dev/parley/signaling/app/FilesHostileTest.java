package dev.parley.signaling.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.signaling.testing.FilePeer;
import dev.parley.signaling.testing.FilePeer.Answer;
import dev.parley.signaling.testing.FilePeer.Over;
import dev.parley.signaling.testing.RawConnection;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Files that want more than to be kept, through the real front door.
@TestInstance(Lifecycle.PER_CLASS)
class FilesHostileTest {
    private static final int PART = FilePeer.PART;

    private TestServer server;
    private Path data;
    private int rooms;

    @BeforeAll
    void start(@TempDir Path folder) throws StartException, IOException {
        data = folder.resolve("data");
        server = TestServer.start(data, "--file-size=3M");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /// Nothing is anywhere but where it belongs, under names of ours.
    @AfterEach
    void filesAreInTheirFolderOnly() throws IOException {
        try (var files = Files.list(data.resolve("files"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .allMatch(name -> name.matches("[A-Za-z0-9_-]{22}"));
        }
        try (var around = Files.list(data)) {
            assertThat(around.map(file -> file.getFileName().toString()))
                    .allMatch(name -> name.matches("files|tls|parley\\.(db|lock)(-wal|-shm)?"));
        }
        try (var outside = Files.list(data.resolveSibling(""))) {
            assertThat(outside.toList()).containsExactly(data);
        }
    }

    private FilePeer peer(Over over, String room, String name) {
        return new FilePeer(over, server.http(), server.port(), room, name, "device-of-" + name);
    }

    private FilePeer alice(Over over) {
        return peer(over, "hostile-" + ++rooms, "alice");
    }

    /// Everything of it is given back, so that the next test has its quota.
    private static void leave(FilePeer... peers) {
        for (FilePeer peer : peers) {
            peer.say("{\"type\":\"leave\"}");
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("hostile F07 names that are paths, NUL, quotes, too long: shown clean, never a path of ours")
    void hostile_F07_names(Over over) {
        String[][] names = {
            {"../../../etc/passwd", "passwd"},
            {"/etc/passwd", "passwd"},
            {"C:\\\\Windows\\\\system32\\\\cmd.exe", "cmd.exe"},
            {"..\\\\..\\\\boot.ini", "boot.ini"},
            {"a\\u0000b.txt", "ab.txt"},
            {"x\\r\\nSet-Cookie: a=b.txt", "xSet-Cookie a=b.txt"},
            {"quo\\\"te;.html", "quote;.html"},
            {"..", "file"},
            {"   ", "file"},
            {".htaccess", "htaccess"},
            {"invoice\\u202Efdp.exe", "invoicefdp.exe"},
            {"<img src=x onerror=alert(1)>.png", "img src=x onerror=alert(1).png"},
            {"%2e%2e%2fetc", "%2e%2e%2fetc"},
            {"x".repeat(4_000) + ".pdf", "x".repeat(251) + ".pdf"},
            {"ü".repeat(300), "ü".repeat(127)},
        };
        for (String[] name : names) {
            try (FilePeer alice = alice(over)) {
                Answer begun = alice.begin("{\"id\":\"upload-1\",\"name\":\"" + name[0] + "\",\"size\":3}");
                assertThat(begun.status()).as(begun.toString()).isEqualTo(201);
                assertThat(begun.json().path("name").asText()).isEqualTo(name[1]);
                alice.part("upload-1", 0, new byte[3]);
                alice.show("message-1", "", "upload-1", null);
                Answer read =
                        alice.download(alice.last().path("file").path("key").asText());
                assertThat(read.status()).isEqualTo(200);
                assertThat(read.header("Content-Disposition"))
                        .matches(
                                "attachment; filename=\"[^\"\\\\\\r\\n]*\"; filename\\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]*");
                leave(alice);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("hostile F07 ids and keys that are paths are found nowhere")
    void hostile_F07_paths(Over over) {
        try (FilePeer alice = alice(over)) {
            for (String id :
                    new String[] {"../../x", "/etc/passwd", "short", "x".repeat(65), "a b c d e f", "🙂🙂🙂🙂"}) {
                assertThat(alice.begin(id, "a.txt", 3, null).status()).isEqualTo(400);
            }
            for (String path : new String[] {
                "/files/..%2fparley.db", "/files/%2e%2e%2fparley.db", "/files/..%5cparley.db", "/files/parley.db",
                "/files/../parley.db", "/files/%00", "/files/" + "x".repeat(21), "/files/" + "x".repeat(22),
                "/files/", "/files", alice.path() + "/..%2f..%2fparley.db", alice.path() + "/%2fetc%2fpasswd"
            }) {
                assertThat(alice.send(alice.request(path).GET()).status())
                        .as(path)
                        .isIn(400, 404);
            }
            leave(alice);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("hostile F07 pictures and pages with script are saved, never shown as what they claim")
    void hostile_F07_scripts(Over over) {
        String script = "<script>fetch('/api/v1/rooms')</script>";
        String[][] files = {
            {"<svg xmlns='http://www.w3.org/2000/svg'>" + script + "</svg>", "image/svg+xml", "image/svg+xml", ""},
            {"<!doctype html>" + script, "text/html", "text/html", ""},
            {"<!doctype html>" + script, "image/png", "application/octet-stream", ""},
            {"GIF89a/*" + script + "*/=1;alert(1)", "text/html", "image/gif", "image/gif"},
            {"%PDF-1.7 " + script, "text/html", "application/pdf", ""},
            {"alert(1)//", "text/javascript", "text/javascript", ""},
            {"alert(1)//", "text/html\r\nX: y", "application/octet-stream", ""},
        };
        for (String[] file : files) {
            try (FilePeer alice = alice(over)) {
                byte[] bytes = file[0].getBytes(StandardCharsets.US_ASCII);
                alice.upload("upload-1", "picture.svg", bytes, file[1]);
                alice.show("message-1", "", "upload-1", null);
                JsonNode shown = alice.last().path("file");
                assertThat(shown.path("type").asText()).isEqualTo(file[2]);
                Answer read = alice.download(shown.path("key").asText());
                assertThat(read.bytes()).isEqualTo(bytes);
                assertThat(read.header("Content-Type"))
                        .isEqualTo(file[3].isEmpty() ? "application/octet-stream" : file[3]);
                assertThat(read.header("Content-Disposition")).startsWith("attachment;");
                assertThat(read.header("X-Content-Type-Options")).isEqualTo("nosniff");
                assertThat(read.header("Content-Security-Policy"))
                        .isEqualTo("default-src 'none'; sandbox; frame-ancestors 'none'");
                leave(alice);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("hostile F07 what is packed is never unpacked")
    void hostile_F07_bombs(Over over) throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("../../bomb"));
            for (int i = 0; i < 256; i++) {
                out.write(new byte[PART]);
            }
            out.closeEntry();
        }
        try (FilePeer alice = alice(over)) {
            alice.upload("upload-1", "bomb.zip", zip.toByteArray(), "application/zip");
            alice.show("message-1", "", "upload-1", null);
            Answer read = alice.download(alice.last().path("file").path("key").asText(), "Accept-Encoding", "gzip");
            assertThat(read.bytes()).isEqualTo(zip.toByteArray());
            assertThat(read.header("Content-Encoding")).isEmpty();

            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                out.write(new byte[PART]);
            }
            alice.begin("upload-2", "b.bin", PART, null);
            Answer coded = alice.send(alice.request(alice.path() + "/upload-2?offset=0")
                    .header("Content-Encoding", "gzip")
                    .PUT(BodyPublishers.ofByteArray(packed.toByteArray())));
            assertThat(coded.status()).isEqualTo(415);
            assertThat(alice.ask("upload-2").json().path("offset").asLong()).isZero();
            leave(alice);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("hostile F07 10 GB, and numbers that are none, are refused before a byte comes")
    void hostile_F07_tooLarge(Over over) {
        try (FilePeer alice = alice(over)) {
            double before = server.figure("parley_limit_hits_total{limit=\"file_size\"}");
            for (long size : new long[] {10_000_000_000L, (3L << 20) + 1, Long.MAX_VALUE}) {
                Answer answer = alice.begin("upload-1", "a.iso", size, null);
                assertThat(answer.status()).isEqualTo(413);
                assertThat(answer.code()).isEqualTo("too_large");
            }
            assertThat(server.figure("parley_limit_hits_total{limit=\"file_size\"}"))
                    .isEqualTo(before + 3);
            for (String size : new String[] {"0", "-1", "1.5", "\"3\"", "null", "1e3", "99999999999999999999", "[]"}) {
                assertThat(alice.begin("{\"id\":\"upload-1\",\"name\":\"a\",\"size\":" + size + "}")
                                .status())
                        .as(size)
                        .isEqualTo(400);
            }
            for (String body : new String[] {
                "",
                "{}",
                "[]",
                "null",
                "{\"id\":\"upload-1\"}",
                "{\"id\":null,\"name\":\"a\",\"size\":1}",
                "{\"id\":\"upload-1\",\"name\":\"a\",\"size\":1,\"size\":2}",
                "[".repeat(4_000)
            }) {
                assertThat(alice.begin(body).status()).as(body).isEqualTo(400);
            }
            assertThat(alice.begin("{\"id\":\"" + "x".repeat(9_000) + "\"}").status())
                    .isEqualTo(413);
            leave(alice);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("hostile F07 more bytes than were announced are not kept")
    void hostile_F07_moreThanAnnounced(Over over) {
        try (FilePeer alice = alice(over)) {
            alice.begin("upload-1", "a.bin", 1_000, null);
            Answer more = alice.part("upload-1", 0, new byte[1_001]);
            assertThat(more.status()).isEqualTo(413);
            assertThat(alice.ask("upload-1").json().path("offset").asLong()).isZero();
            alice.begin("upload-2", "b.bin", 3 << 20, null);
            assertThat(alice.part("upload-2", 0, new byte[PART + 1]).status()).isEqualTo(413);
            // without a length, so that only counting helps
            Answer streamed = alice.send(alice.request(alice.path() + "/upload-2?offset=0")
                    .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[PART + 1]))));
            assertThat(streamed.status()).as(streamed.toString()).isEqualTo(413);
            assertThat(alice.ask("upload-2").json().path("offset").asLong()).isZero();
            for (String offset : new String[] {
                "", "?offset=", "?offset=-1", "?offset=x", "?offset=1e3", "?offset=99999999999999999999", "?offset=%25"
            }) {
                assertThat(alice.send(alice.request(alice.path() + "/upload-2" + offset)
                                        .PUT(BodyPublishers.ofByteArray(new byte[10])))
                                .status())
                        .as(offset)
                        .isEqualTo(400);
            }
            leave(alice);
        }
    }

    private RawConnection raw(FilePeer peer, String id, String fields) {
        RawConnection connection = new RawConnection(server.http());
        connection.send("PUT " + peer.path() + "/" + id + "?offset=0 HTTP/1.1\r\nHost: 127.0.0.1:" + server.http()
                + "\r\nAuthorization: Bearer " + peer.token() + "\r\n" + fields + "\r\n\r\n");
        return connection;
    }

    @Test
    @DisplayName("hostile F07 lengths that lie")
    void hostile_F07_lies() throws InterruptedException {
        try (FilePeer alice = alice(Over.HTTP_1)) {
            for (int i = 1; i <= 5; i++) { // one each, since the newest part of an upload cuts off the others
                alice.begin("upload-" + i, "a.bin", 3 << 20, null);
            }
            try (RawConnection huge = raw(alice, "upload-1", "Content-Length: 10000000000")) {
                assertThat(huge.readToEnd()).startsWith("HTTP/1.1 413");
            }
            try (RawConnection both = raw(alice, "upload-2", "Content-Length: 10\r\nTransfer-Encoding: chunked")) {
                assertThat(both.readToEnd()).startsWith("HTTP/1.1 400");
            }
            try (RawConnection broken = raw(alice, "upload-3", "Transfer-Encoding: chunked")) {
                broken.send("zz\r\nnothing\r\n");
                assertThat(broken.readToEnd()).startsWith("HTTP/1.1 400");
            }
            try (RawConnection endless = raw(alice, "upload-4", "Transfer-Encoding: chunked")) {
                byte[] chunk = ("10000\r\n" + "x".repeat(65_536) + "\r\n").getBytes(StandardCharsets.US_ASCII);
                for (int i = 0; i < 64 && endless.send(chunk); i++) {
                    // until the server has had enough
                }
                assertThat(endless.readToEnd())
                        .satisfiesAnyOf(
                                text -> assertThat(text).startsWith("HTTP/1.1 413"),
                                text -> assertThat(text).isEmpty());
            }
            try (RawConnection less = raw(alice, "upload-5", "Content-Length: 1000")) {
                less.send("x".repeat(10));
            }
            long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (alice.ask("upload-5").json().path("offset").asLong() != 10) {
                assertThat(System.nanoTime()).isLessThan(untilNs);
                Thread.sleep(50);
            }
            leave(alice);
        }
    }

    @Test
    @DisplayName("hostile F07 an upload that trickles is cut off, and what came counts")
    void hostile_F07_slow() throws InterruptedException {
        double before = server.figure("parley_limit_hits_total{limit=\"slow_upload\"}");
        try (FilePeer alice = alice(Over.HTTP_1)) {
            alice.begin("upload-1", "a.bin", 1_000, null);
            try (RawConnection slow = raw(alice, "upload-1", "Content-Length: 1000")) {
                slow.send("x".repeat(10));
                long startedNs = System.nanoTime();
                while (alice.ask("upload-1").json().path("offset").asLong() == 0) {
                    assertThat(System.nanoTime() - startedNs).isLessThan(TimeUnit.SECONDS.toNanos(30));
                    Thread.sleep(200);
                }
                assertThat(slow.readToEnd()).startsWith("HTTP/1.1 408").contains("too_slow");
            }
            assertThat(alice.ask("upload-1").json().path("offset").asLong()).isEqualTo(10);
            leave(alice);
        }
        assertThat(server.figure("parley_limit_hits_total{limit=\"slow_upload\"}"))
                .isEqualTo(before + 1);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("hostile F07 quotas of a person, a room and the server")
    void hostile_F07_quotas(Over over, @TempDir Path folder) throws Exception {
        byte[] file = new byte[5 << 19]; // 2.5 MiB
        try (TestServer small = TestServer.start(
                        folder, "--file-size=3M", "--files-per-person=5M", "--files-per-room=8M", "--files-total=12M");
                FilePeer alice = new FilePeer(over, small.http(), small.port(), "demo", "alice", null);
                FilePeer bob = new FilePeer(over, small.http(), small.port(), "demo", "bob", null);
                FilePeer carol = new FilePeer(over, small.http(), small.port(), "other", "carol", null)) {
            alice.upload("upload-1", "a.bin", file, null);
            alice.show("message-1", "", "upload-1", null);
            assertThat(alice.begin("upload-2", "b.bin", file.length, null).status())
                    .isEqualTo(201); // 5 of 5
            assertThat(alice.begin("upload-3", "c.bin", 1, null).code()).isEqualTo("quota_person");
            assertThat(bob.begin("upload-1", "d.bin", file.length, null).status())
                    .isEqualTo(201); // 7.5 of 8
            Answer full = bob.begin("upload-2", "e.bin", 600_000, null);
            assertThat(full.status()).isEqualTo(507);
            assertThat(full.code()).isEqualTo("quota_room");
            assertThat(carol.begin("upload-1", "f.bin", 3 << 20, null).status()).isEqualTo(201); // 10.5 of 12
            assertThat(carol.begin("upload-2", "g.bin", 17 << 17, null).code()).isEqualTo("quota_person");
            assertThat(carol.begin("upload-2", "g.bin", 14 << 17, null).code()).isEqualTo("quota_server");
            bob.end("upload-1");
            assertThat(bob.begin("upload-2", "e.bin", 600_000, null).status()).isEqualTo(201);
            for (String limit : new String[] {"person", "room", "server"}) {
                assertThat(small.figure("parley_limit_hits_total{limit=\"file_quota_" + limit + "\"}"))
                        .isPositive();
            }
        }
    }

    @Test
    @DisplayName("hostile F07 a person who asks all the time is told to wait")
    void hostile_F07_rate() {
        try (FilePeer alice = alice(Over.HTTP_2)) {
            alice.begin("upload-1", "a.bin", 1_000, null);
            boolean told = false;
            for (int i = 0; i < 5_000 && !told; i++) {
                told = alice.ask("upload-1").status() == 429;
            }
            assertThat(told).isTrue();
            assertThat(server.figure("parley_limit_hits_total{limit=\"file_rate\"}"))
                    .isPositive();
            leave(alice);
        }
    }
}
