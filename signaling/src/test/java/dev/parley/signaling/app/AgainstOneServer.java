package dev.parley.signaling.app;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// Tests that share one server, so that what one of them does to it the next would notice.
@TestInstance(Lifecycle.PER_CLASS)
abstract class AgainstOneServer {
    TestServer server;

    @BeforeAll
    void start(@TempDir Path data) throws StartException, IOException {
        server = TestServer.start(data);
    }

    @AfterAll
    void stop() {
        server.close();
    }
}
