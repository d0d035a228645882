package dev.parley.signaling.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.netsim.Fuzz;
import dev.parley.signaling.testing.FilePeer;
import dev.parley.signaling.testing.FilePeer.Over;
import dev.parley.signaling.testing.ServerProcess;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server is killed in the middle of an upload, and started again in the same folder.
class FilesKillTest {
    private static final int KILLS = 3;

    private final SplittableRandom random = new SplittableRandom(Fuzz.seed());
    private final byte[] file = new byte[9 * FilePeer.PART + 4_711];
    private final AtomicLong acknowledged = new AtomicLong();

    private static FilePeer alice(ServerProcess server) {
        return new FilePeer(Over.HTTP_1, server.port("http"), server.port("https"), "demo", "alice", "device-of-alice");
    }

    @Test
    void whatWasAcknowledgedIsThereAndTheUploadGoesOn(@TempDir Path data) throws Exception {
        random.nextBytes(file);
        for (int kill = 0; kill < KILLS; kill++) {
            try (ServerProcess server = ServerProcess.start(data);
                    FilePeer alice = alice(server)) {
                check(alice, kill);
                Thread killer = Thread.ofVirtual().start(() -> killAfter(server, acknowledged.get() + 1));
                upload(alice);
                killer.join();
            }
        }
        String key;
        try (ServerProcess server = ServerProcess.start(data);
                FilePeer alice = alice(server)) {
            assertThat(alice.upload("upload-1", "a.bin", file, null)
                            .path("complete")
                            .asBoolean())
                    .isTrue();
            assertThat(alice.show("message-1", "", "upload-1", null)
                            .path("type")
                            .asText())
                    .isEqualTo("said");
            key = alice.last().path("file").path("key").asText();
        }
        try (ServerProcess server = ServerProcess.start(data);
                FilePeer alice = alice(server)) {
            assertThat(alice.last().path("file").path("key").asText()).isEqualTo(key);
            assertThat(alice.download(key).bytes()).isEqualTo(file);
        }
    }

    private void check(FilePeer alice, int kill) {
        JsonNode now = kill == 0
                ? alice.begin("upload-1", "a.bin", file.length, null).json()
                : alice.ask("upload-1").json();
        assertThat(now.path("offset").asLong(-1)).isGreaterThanOrEqualTo(acknowledged.get());
    }

    /// At a random moment of the next part but one.
    private void killAfter(ServerProcess server, long bytes) {
        try {
            while (acknowledged.get() < bytes) {
                Thread.sleep(1);
            }
            Thread.sleep(random.nextInt(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.close(); // SIGKILL
    }

    /// Small parts, so that the server dies in the middle; until it is gone.
    private void upload(FilePeer alice) {
        try {
            long offset = alice.ask("upload-1").json().path("offset").asLong();
            while (offset < file.length - FilePeer.PART) {
                int end = (int) Math.min(file.length, offset + 100_000);
                byte[] part = Arrays.copyOfRange(file, (int) offset, end);
                FilePeer.Answer answer = alice.part("upload-1", offset, part);
                if (answer.status() == 200) {
                    offset = answer.json().path("offset").asLong();
                    acknowledged.set(offset);
                }
            }
        } catch (UncheckedIOException _) {
            // the server is gone
        }
    }
}
