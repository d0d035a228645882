package dev.parley.signaling.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.signaling.testing.FilePeer;
import dev.parley.signaling.testing.FilePeer.Answer;
import dev.parley.signaling.testing.FilePeer.Over;
import dev.parley.signaling.testing.RawConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Files on their way in, through the real front door, by HTTP/1.1 and by HTTP/2.
class FilesTest extends AgainstFiles {
    @ParameterizedTest
    @EnumSource
    void aPartMayBeSentAgainAndAGapIsNamed(Over over) {
        byte[] file = bytes(PART + 1_000);
        try (FilePeer alice = peer(over, freshRoom(), "alice")) {
            assertThat(alice.begin("upload-1", "a.bin", file.length, null).status())
                    .isEqualTo(201);
            assertThat(alice.begin("upload-1", "a.bin", file.length, null).status())
                    .isEqualTo(200);
            Answer early = alice.part("upload-1", PART, slice(file, PART, PART));
            assertThat(early.status()).isEqualTo(409);
            assertThat(early.code()).isEqualTo("wrong_offset");
            assertThat(early.json().path("offset").asLong(-1)).isZero();
            for (int i = 0; i < 2; i++) {
                JsonNode now = alice.part("upload-1", 0, slice(file, 0, PART)).json();
                assertThat(now.path("offset").asLong()).isEqualTo(PART);
            }
            byte[] forged = new byte[PART]; // what is on the disk already stays
            assertThat(alice.part("upload-1", 0, forged).json().path("offset").asLong())
                    .isEqualTo(PART);
            JsonNode across = alice.part("upload-1", PART - 500, slice(file, PART - 500, 1_000))
                    .json();
            assertThat(across.path("offset").asLong()).isEqualTo(PART + 500);
            assertThat(alice.ask("upload-1").json()).isEqualTo(across);
            assertThat(alice.part("upload-1", PART + 500, new byte[0]).json()).isEqualTo(across);
            assertThat(alice.part("upload-1", PART + 500, slice(file, PART + 500, 500))
                            .json()
                            .path("complete")
                            .asBoolean())
                    .isTrue();
            alice.show("message-1", "look", "upload-1", null);
            assertThat(alice.download(key(alice.last())).bytes()).isEqualTo(file);
        }
    }

    @Test
    void goesOnWhereACutLeftIt() {
        byte[] file = bytes(2 * PART);
        try (FilePeer alice = peer(Over.HTTP_1, freshRoom(), "alice")) {
            alice.begin("upload-1", "a.bin", file.length, null);
            try (RawConnection cut = raw(alice, "upload-1", 0, "Content-Length: " + PART)) {
                cut.send(slice(file, 0, 300_000));
            }
            await(
                    "what came counts",
                    () -> alice.ask("upload-1").json().path("offset").asLong() == 300_000);
            assertThat(alice.upload("upload-1", "a.bin", file, null)
                            .path("complete")
                            .asBoolean())
                    .isTrue();
            alice.show("message-1", "", "upload-1", null);
            assertThat(alice.download(key(alice.last())).bytes()).isEqualTo(file);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theNewestPartGoesOnAndTheOlderOneIsCutOff(Over over) throws Exception {
        byte[] file = bytes(PART);
        try (FilePeer alice = peer(over, freshRoom(), "alice")) {
            alice.begin("upload-1", "a.bin", file.length, null);
            try (RawConnection older = raw(alice, "upload-1", 0, "Content-Length: " + PART)) {
                older.send(slice(file, 0, 400_000));
                await("it arrives", () -> onDisk(400_000));
                long startedNs = System.nanoTime();
                JsonNode newer = alice.part("upload-1", 0, file).json();
                assertThat(newer.path("complete").asBoolean()).isTrue();
                assertThat(System.nanoTime() - startedNs).isLessThan(TimeUnit.SECONDS.toNanos(8));
                older.send(slice(file, 400_000, PART));
                assertThat(older.readResponse()).startsWith("HTTP/1.1 409").contains("overtaken");
            }
            alice.show("message-1", "", "upload-1", null);
            assertThat(alice.download(key(alice.last())).bytes()).isEqualTo(file);
        }
    }

    /// Parts of any length, again, too early, cut off, two at once: the same bytes, or a problem that says where to go
    /// on.
    @ParameterizedTest
    @EnumSource
    void whateverTheOrderOfPartsTheBytesAreTheSame(Over over) throws Exception {
        for (int run = 0; run < 4; run++) {
            byte[] file = bytes(1 + random.nextInt(3 * PART));
            try (FilePeer alice = peer(over, freshRoom(), "alice")) {
                alice.begin("upload-1", "a.bin", file.length, null);
                long have = 0;
                for (int step = 0; step < 12; step++) {
                    have = disturbed(alice, file, have);
                }
                assertThat(alice.upload("upload-1", "a.bin", file, null)
                                .path("complete")
                                .asBoolean())
                        .isTrue();
                alice.show("message-1", "", "upload-1", null);
                assertThat(alice.download(key(alice.last())).bytes()).isEqualTo(file);
            }
        }
    }

    /// One thing that a client may do by mistake; how far the upload is then.
    private long disturbed(FilePeer alice, byte[] file, long have) throws Exception {
        long offset = random.nextLong(file.length);
        byte[] part = slice(file, offset, 1 + random.nextInt(PART));
        switch (random.nextInt(4)) {
            case 0 -> {
                try (RawConnection cut = raw(alice, "upload-1", have, "Content-Length: " + PART)) {
                    cut.send(slice(file, have, random.nextInt(PART)));
                }
            }
            case 1 -> {
                byte[] next = slice(file, have, PART / 3);
                var other = CompletableFuture.supplyAsync(() -> alice.part("upload-1", offset, part));
                assertThat(alice.part("upload-1", have, next).status()).isIn(200, 409);
                assertThat(other.get(30, TimeUnit.SECONDS).status()).isIn(200, 409);
            }
            case 2 ->
                assertThat(alice.part("upload-1", have, slice(file, have, PART / 4))
                                .status())
                        .isIn(200, 409);
            default -> {
                Answer answer = alice.part("upload-1", offset, part);
                assertThat(answer.status()).as(answer.toString()).isIn(200, 409);
                if (answer.status() == 409) {
                    assertThat(answer.code()).isEqualTo("wrong_offset");
                    assertThat(answer.json().path("offset").asLong(-1)).isBetween(have, offset);
                }
            }
        }
        long now = alice.ask("upload-1").json().path("offset").asLong(-1);
        assertThat(now).isBetween(have, (long) file.length);
        return now;
    }

    @ParameterizedTest
    @EnumSource
    void onlyItsOwnerHandlesAnUpload(Over over) {
        String room = freshRoom();
        byte[] file = bytes(2_000);
        try (FilePeer alice = peer(over, room, "alice");
                FilePeer bob = peer(over, room, "bob");
                FilePeer carol = peer(over, freshRoom(), "carol")) {
            alice.begin("upload-1", "a.bin", file.length, null);
            alice.part("upload-1", 0, slice(file, 0, 1_000));
            assertThat(bob.ask("upload-1").status()).isEqualTo(404);
            assertThat(bob.part("upload-1", 1_000, new byte[1_000]).status()).isEqualTo(404);
            assertThat(bob.end("upload-1").status()).isEqualTo(204); // there is none of his
            assertThat(bob.begin("upload-1", "mine.bin", 10, null).status()).isEqualTo(201);
            for (String token : new String[] {carol.token(), "", "x".repeat(32), "' or ''='"}) {
                String own = alice.token();
                alice.token(token);
                for (Answer answer : new Answer[] {
                    alice.ask("upload-1"),
                    alice.part("upload-1", 1_000, new byte[1_000]),
                    alice.end("upload-1"),
                    alice.list(""),
                    alice.begin("upload-9", "b.bin", 10, null)
                }) {
                    assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
                    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
                }
                alice.token(own);
            }
            assertThat(alice.part("upload-1", 1_000, slice(file, 1_000, 1_000)).status())
                    .isEqualTo(200);
            assertThat(bob.show("message-1", "", "upload-1", null).path("code").asText())
                    .isEqualTo("bad_message"); // his is not complete
            assertThat(alice.show("message-1", "", "upload-1", null)
                            .path("type")
                            .asText())
                    .isEqualTo("said");
            assertThat(alice.download(key(alice.last())).bytes()).isEqualTo(file);
        }
    }

    /// After a reload there is another token; the upload is the person's.
    @Test
    void whoComesBackGoesOn() {
        String room = freshRoom();
        byte[] file = bytes(2_000);
        try (FilePeer bob = peer(Over.HTTP_1, room, "bob")) {
            String old;
            try (FilePeer alice = peer(Over.HTTP_1, room, "alice")) {
                alice.begin("upload-1", "a.bin", file.length, null);
                alice.part("upload-1", 0, slice(file, 0, 1_000));
                old = alice.token();
            }
            await("the socket's end is noticed", () -> {
                try (FilePeer alice = peer(Over.HTTP_1, room, "alice")) {
                    assertThat(alice.token()).isNotEqualTo(old);
                    assertThat(alice.upload("upload-1", "a.bin", file, null)
                                    .path("complete")
                                    .asBoolean())
                            .isTrue();
                    String own = alice.token();
                    alice.token(old);
                    assertThat(alice.ask("upload-1").status()).isEqualTo(401);
                    alice.token(own);
                    return alice.show("message-1", "", "upload-1", null)
                            .path("type")
                            .asText()
                            .equals("said");
                } catch (AssertionError e) {
                    if (String.valueOf(e.getMessage()).contains("already_here")) {
                        return false;
                    }
                    throw e;
                }
            });
            assertThat(bob.download(key(bob.last())).bytes()).isEqualTo(file);
        }
    }

    @Test
    void anUploadThatIsGivenUpFreesItsSpace() {
        try (FilePeer alice = peer(Over.HTTP_1, freshRoom(), "alice")) {
            long before = onDisk();
            for (int i = 0; i < 8; i++) {
                assertThat(alice.begin("upload-" + i, "a.bin", 10, null).status())
                        .isEqualTo(201);
            }
            alice.part("upload-0", 0, bytes(5));
            Answer ninth = alice.begin("upload-9", "a.bin", 10, null);
            assertThat(ninth.status()).isEqualTo(429);
            assertThat(ninth.code()).isEqualTo("slow_down");
            assertThat(ninth.header("Retry-After")).isEqualTo("1");
            assertThat(alice.end("upload-0").status()).isEqualTo(204);
            assertThat(alice.end("upload-0").status()).isEqualTo(204);
            assertThat(alice.begin("upload-9", "a.bin", 10, null).status()).isEqualTo(201);
            await("its bytes are deleted", () -> onDisk() == before);
        }
    }
}
