package dev.parley.signaling.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {
    @TempDir
    private Path folder;

    private String run(String... words) throws StartException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataCommand.run(words, Map.of(), new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    private StartException refused(String... words) {
        return catchThrowableOfType(StartException.class, () -> run(words));
    }

    @Test
    void backsUpARunningServerAndRestoresIntoAnEmptyFolder() throws Exception {
        String file = folder.resolve("backup.zip").toString();
        Path data = folder.resolve("data");
        try (TestServer _ = TestServer.start(data)) {
            assertThat(run("backup", file, "--data=" + data)).contains("backed up", file);
            StartException inUse = refused("restore", file, "--data=" + data, "--replace");
            assertThat(inUse).hasMessageContaining("another server uses this folder");
            assertThat(inUse.exitCode()).isEqualTo(4);
        }
        Path other = folder.resolve("other");
        assertThat(run("restore", file, "--data", other.toString())).contains("restored");
        assertThat(other.resolve("tls/key.pem")).hasSameTextualContentAs(data.resolve("tls/key.pem"));
        TestServer.start(other).close();
    }

    @Test
    void saysWhatItTakes() {
        assertThat(refused("backup").exitCode()).isEqualTo(2);
        assertThat(refused("restore", "--replace")).hasMessageContaining("restore FILE", "--replace");
        assertThat(refused("backup", "x.zip", "--replace")).hasMessageContaining("--replace");
        assertThat(refused("backup", "x.zip", "--help")).hasMessageContaining("FILE");
        assertThat(refused("backup", folder + "/x.zip", "--data=" + folder).exitCode())
                .isEqualTo(4);
    }

    @Test
    void aFolderWithADatabaseThatCannotBeUsedStartsNoServer() throws Exception {
        Files.write(folder.resolve("parley.db"), new byte[0]);
        StartException e = catchThrowableOfType(
                StartException.class, () -> TestServer.start(folder).close());
        assertThat(e.exitCode()).isEqualTo(4);
        assertThat(e).hasMessageContaining("data: ", "parley.db", "it is empty");
    }
}
