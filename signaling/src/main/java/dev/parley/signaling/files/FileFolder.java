package dev.parley.signaling.files;

import dev.parley.signaling.model.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The folder with the bytes of all files. What is in it is called by keys of ours, never by anything that a client
/// says. Every method may wait for the disk.
public final class FileFolder {
    /// In the data folder.
    public static final String NAME = "files";
    /// 128 random bits.
    public static final int KEY_CHARACTERS = 22;

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{" + KEY_CHARACTERS + "}");

    private final Path folder;

    /// @param data the data folder
    public FileFolder(Path data) throws IOException {
        this(data, NAME);
    }

    /// Another one beside it.
    public FileFolder(Path data, String name) throws IOException {
        this.folder = data.resolve(name);
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder, OwnerOnly.folder(folder));
        }
    }

    /// Whether it can be the name of a file at all: whoever asks for something else is not looked for.
    public static boolean isKey(String word) {
        return KEY.matcher(word).matches();
    }

    /// Whether a data folder has bytes of any file.
    public static boolean hasAny(Path data) throws IOException {
        return Files.isDirectory(data.resolve(NAME))
                && !new FileFolder(data).keys().isEmpty();
    }

    public Path path() {
        return folder;
    }

    private Path path(String key) {
        if (!isKey(key)) {
            throw new IllegalArgumentException("not a key");
        }
        return folder.resolve(key);
    }

    /// Of all that is there, whether it is known or not.
    List<String> keys() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString())
                    .filter(FileFolder::isKey)
                    .toList();
        }
    }

    FileChannel write(String key) throws IOException {
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
        return FileChannel.open(path(key), options, OwnerOnly.file(folder));
    }

    public FileChannel read(String key) throws IOException {
        return FileChannel.open(path(key), StandardOpenOption.READ);
    }

    /// 0 where there is none.
    long length(String key) throws IOException {
        try {
            return Files.size(path(key));
        } catch (NoSuchFileException _) {
            return 0;
        }
    }

    void delete(String key) throws IOException {
        Files.deleteIfExists(path(key));
    }

    long freeBytes() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    static byte[] head(FileChannel file) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(MediaType.BYTES_NEEDED);
        while (head.hasRemaining() && file.read(head, head.position()) > 0) {
            // as much as there is
        }
        byte[] bytes = new byte[head.position()];
        head.flip().get(bytes);
        return bytes;
    }
}
