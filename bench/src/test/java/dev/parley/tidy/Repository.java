package dev.parley.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The files that people wrote, read once. Immutable.
final class Repository {
    private static final Set<String> MADE_BY_TOOLS =
            Set.of(".git", ".cache", ".idea", ".vscode", "target", "node_modules", "data", "test-output");
    private static final Set<String> TEXT = Set.of(
            "java",
            "js",
            "mjs",
            "ts",
            "html",
            "css",
            "md",
            "xml",
            "json",
            "yml",
            "yaml",
            "toml",
            "properties",
            "sh",
            "sql",
            "txt",
            "sdp",
            "config",
            "");

    record File(String path, List<String> lines) {
        String extension() {
            String name = path.substring(path.lastIndexOf('/') + 1);
            int dot = name.lastIndexOf('.');
            return dot <= 0 ? "" : name.substring(dot + 1);
        }

        boolean is(String extension) {
            return extension().equals(extension);
        }

        String folder() {
            return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
        }

        String text() {
            return String.join("\n", lines);
        }
    }

    private final Path root;
    private final List<File> files = new ArrayList<>();

    private Repository(Path root) {
        this.root = root;
    }

    static Repository read() {
        Repository repository =
                new Repository(Path.of(System.getProperty("parley.root", "..")).normalize());
        try {
            Files.walkFileTree(repository.root, repository.new Reader());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return repository;
    }

    Path root() {
        return root;
    }

    Stream<File> files() {
        return files.stream();
    }

    Stream<File> java() {
        return files().filter(file -> file.is("java"));
    }

    private final class Reader extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean skip = !folder.equals(root)
                    && MADE_BY_TOOLS.contains(folder.getFileName().toString());
            return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
            String name = root.relativize(path).toString().replace('\\', '/');
            boolean written = attributes.isRegularFile()
                    && !MADE_BY_TOOLS.contains(path.getFileName().toString());
            if (written && TEXT.contains(new File(name, List.of()).extension())) {
                files.add(new File(name, Files.readAllLines(path)));
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
