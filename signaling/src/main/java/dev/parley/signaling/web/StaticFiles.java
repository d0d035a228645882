package dev.parley.signaling.web;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The web client's files, read and compressed once at start. A request can only name an entry of the map, so no path
/// reaches the file system. Read by all loops, never changed.
public final class StaticFiles {
    private static final String INDEX = "/index.html";

    private final Map<String, StaticFile> byPath;

    private StaticFiles(Map<String, StaticFile> byPath) {
        this.byPath = Map.copyOf(byPath);
    }

    /// Everything below the class path's folder `name`; nothing when there is no such folder.
    public static StaticFiles ofClassPath(String name) throws IOException {
        URL folder = StaticFiles.class.getClassLoader().getResource(name);
        if (folder == null) {
            return new StaticFiles(Map.of());
        }
        try {
            URI uri = folder.toURI();
            if (!uri.getScheme().equals("jar")) {
                return ofFolder(Path.of(uri));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return ofFolder(jar.getPath(name));
            }
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    public static StaticFiles ofFolder(Path folder) throws IOException {
        Map<String, StaticFile> files = new HashMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                String path = "/" + folder.relativize(file).toString().replace('\\', '/');
                if (!path.contains("/.")) {
                    files.put(path, StaticFile.of(path, Files.readAllBytes(file)));
                }
            }
        }
        return new StaticFiles(files);
    }

    public int count() {
        return byPath.size();
    }

    /// Null when there is no such file.
    @Nullable
    Response find(Request request) {
        StaticFile file = byPath.get(pageOrFile(request.path()));
        return file == null ? null : file.answer(request);
    }

    /// `/` and `/r/{room}` are places in the one page.
    private static String pageOrFile(List<String> path) {
        boolean start = path.size() == 1 && path.getFirst().isEmpty();
        boolean room = path.size() == 2
                && path.getFirst().equals("r")
                && !path.getLast().isEmpty();
        return start || room ? INDEX : "/" + String.join("/", path);
    }
}
