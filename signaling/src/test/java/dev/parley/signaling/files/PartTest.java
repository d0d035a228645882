package dev.parley.signaling.files;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.netsim.Fuzz;
import dev.parley.signaling.model.BodyException;
import dev.parley.signaling.model.BodyException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartTest {
    private final SplittableRandom random = new SplittableRandom(Fuzz.seed());
    private Path path;

    @BeforeEach
    void file(@TempDir Path folder) {
        path = folder.resolve("file");
    }

    /// Ends with an exception where `end` is one.
    private static InputStream bytes(byte[] all, int from, int to, @Nullable Kind end) {
        return new ByteArrayInputStream(all, from, to - from) {
            @Override
            public int read(byte[] into) throws IOException {
                int n = super.read(into);
                if (n < 0 && end != null) {
                    throw new BodyException(end);
                }
                return n;
            }
        };
    }

    /// Again, across what is there, cut, too slow, too large: the file has the same bytes, and no byte that came is
    /// lost.
    @Test
    void whateverComesTheFileIsThatOfTheClient() throws IOException {
        for (int run = 0; run < 300; run++) {
            byte[] all = new byte[1 + random.nextInt(300_000)];
            random.nextBytes(all);
            try (FileChannel file = FileChannel.open(path, CREATE, READ, WRITE, TRUNCATE_EXISTING)) {
                long have = 0;
                for (int step = 0; have < all.length; step++) {
                    have = step(file, all, have);
                    assertThat(step).as("seed %d run %d", Fuzz.seed(), run).isLessThan(10_000);
                }
            }
            assertThat(Files.readAllBytes(path)).isEqualTo(all);
        }
    }

    private long step(FileChannel file, byte[] all, long have) throws IOException {
        int from = random.nextInt((int) have + 1);
        int to = random.nextInt(4) == 0 ? all.length : from + random.nextInt(all.length - from + 1);
        Kind[] ends = {null, null, Kind.CUT, Kind.TOO_SLOW, Kind.TOO_LARGE};
        Kind end = ends[random.nextInt(ends.length)];
        Part part = new Part(file, all.length, have, from);
        if (end == Kind.TOO_LARGE) {
            assertThatThrownBy(() -> part.copy(bytes(all, from, to, end))).isInstanceOf(FileRefusal.class);
            return have;
        }
        part.copy(bytes(all, from, to, end));
        assertThat(part.written()).isEqualTo(Math.max(have, to));
        assertThat(part.cut() == null ? null : part.cut().kind()).isEqualTo(end);
        return part.written();
    }

    @Test
    void moreThanWasAnnouncedIsRefused() throws IOException {
        byte[] all = new byte[101];
        try (FileChannel file = FileChannel.open(path, CREATE, READ, WRITE)) {
            Part beyond = new Part(file, 100, 50, 50);
            assertThatThrownBy(() -> beyond.copy(bytes(all, 50, 101, null)))
                    .isInstanceOfSatisfying(
                            FileRefusal.class, e -> assertThat(e.fault()).isEqualTo(FileFault.TOO_LARGE));
            byte[] large = new byte[Part.BYTES_MAX + 1];
            Part tooMuch = new Part(file, 10L * Part.BYTES_MAX, 0, 0);
            assertThatThrownBy(() -> tooMuch.copy(bytes(large, 0, large.length, null)))
                    .isInstanceOf(FileRefusal.class);
            Part whole = new Part(file, 10L * Part.BYTES_MAX, 0, 0);
            whole.copy(bytes(Arrays.copyOf(large, Part.BYTES_MAX), 0, Part.BYTES_MAX, null));
            assertThat(whole.written()).isEqualTo(Part.BYTES_MAX);
        }
    }
}
