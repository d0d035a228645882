package dev.parley.signaling.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.netsim.Fuzz;
import dev.parley.signaling.testing.FilePeer;
import dev.parley.signaling.testing.FilePeer.Over;
import dev.parley.signaling.testing.RawConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// Tests of files against one server, by people who have joined its rooms.
@TestInstance(Lifecycle.PER_CLASS)
abstract class AgainstFiles {
    static final int PART = FilePeer.PART;

    final SplittableRandom random = new SplittableRandom(Fuzz.seed());
    TestServer server;
    Path folder;
    private int rooms;

    @BeforeAll
    void start(@TempDir Path data) throws StartException, IOException {
        server = TestServer.start(data);
        folder = data.resolve("files");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    FilePeer peer(Over over, String room, String name) {
        return new FilePeer(over, server.http(), server.port(), room, name, "device-of-" + name);
    }

    String freshRoom() {
        return "files-" + ++rooms + "-" + random.nextInt(1_000_000);
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        bytes[0] = 0; // which no type begins with
        return bytes;
    }

    static byte[] slice(byte[] file, long from, long length) {
        return Arrays.copyOfRange(file, (int) from, (int) Math.min(file.length, from + length));
    }

    static String key(JsonNode message) {
        return message.path("file").path("key").asText();
    }

    /// Uploaded and shown; the message.
    static JsonNode shown(FilePeer peer, String id, byte[] file, String text) {
        peer.upload(id, "note.bin", file, null);
        JsonNode said = peer.show("message-of-" + id, text, id, null);
        assertThat(said.path("type").asText()).as(said.toString()).isEqualTo("said");
        return peer.last();
    }

    static void await(String what, BooleanSupplier done) {
        long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(untilNs);
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    long onDisk() {
        try (var files = Files.list(folder)) {
            return files.count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// The head of a part on a connection of its own; its bytes follow.
    RawConnection raw(FilePeer peer, String id, long offset, String length) {
        RawConnection connection = new RawConnection(server.http());
        connection.send("PUT " + peer.path() + "/" + id + "?offset=" + offset + " HTTP/1.1\r\nHost: 127.0.0.1:"
                + server.http() + "\r\nAuthorization: Bearer " + peer.token() + "\r\n" + length + "\r\n\r\n");
        return connection;
    }

    /// Whether a file has this length.
    boolean onDisk(long length) {
        try (var files = Files.list(folder)) {
            return files.anyMatch(file -> file.toFile().length() == length);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
