package dev.parley.signaling.store;

import dev.parley.signaling.files.FileFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Puts what a restore unpacked in the place of what a data folder has: all of it or nothing. What is under way is on
/// the disk in a note, so that a swap that was cut off is undone by the next restore, and nobody uses half of it
/// before.
final class Swap {
    /// There only from the first move to the last.
    static final String NOTE = "restore.unfinished";

    private static final String FRESH = ".restored";
    private static final String FORMER = ".before-restore";
    private static final List<String> JOURNALS = List.of(DatabaseFile.NAME + "-wal", DatabaseFile.NAME + "-shm");
    /// In this order: the database, which says what the others are, comes last.
    private static final List<String> PARTS = Stream.of(
                    List.of(FileFolder.NAME), Backup.FILES, JOURNALS, List.of(DatabaseFile.NAME))
            .flatMap(List::stream)
            .toList();

    /// What the note says of a part that has a former one to keep, and of one that has none.
    private static final String KEPT = "kept ";

    private static final String NEW = "new ";

    /// Moves one file or folder within the data folder, at once or not at all.
    @FunctionalInterface
    interface Mover {
        Mover ATOMIC = (from, to) -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);

        void move(Path from, Path to) throws IOException;
    }

    private final Path folder;
    private final Mover mover;

    Swap(Path folder, Mover mover) {
        this.folder = folder;
        this.mover = mover;
    }

    static boolean unfinished(Path folder) {
        return Files.exists(folder.resolve(NOTE));
    }

    /// What is put in the place of a part.
    static String fresh(String part) {
        return beside(part, FRESH);
    }

    /// Where a part is put aside.
    static String former(String part) {
        return beside(part, FORMER);
    }

    /// SQLite looks for `-wal` and `-shm` at the end.
    private static String beside(String part, String end) {
        return part.startsWith(DatabaseFile.NAME)
                ? DatabaseFile.NAME + end + part.substring(DatabaseFile.NAME.length())
                : part + end;
    }

    /// Refuses what could not be moved, or what would delete the only one there is. Nothing is changed.
    void check() throws StoreException, IOException {
        Path files = folder.resolve(FileFolder.NAME);
        if (Files.isSymbolicLink(files)
                || (Files.exists(files) && !Files.getFileStore(files).equals(Files.getFileStore(folder)))) {
            throw new StoreException(
                    "'" + files + "' is a link or a volume of its own and cannot be put aside: take it "
                            + "away, restore, and move what is in '" + files + "' then to it");
        }
        for (String part : List.of(FileFolder.NAME, DatabaseFile.NAME)) {
            if (!there(part) && there(former(part))) {
                throw new StoreException("'" + folder.resolve(former(part)) + "' is there and " + part
                        + " is not: move it back to that name, or away");
            }
        }
    }

    /// Every part that was unpacked is in its place, what was there is aside; or an exception, and all is as it was.
    void run() throws IOException {
        List<String> parts = PARTS.stream()
                .filter(part -> there(fresh(part)) || JOURNALS.contains(part))
                .toList();
        for (String part : parts) {
            delete(former(part));
        }
        write(parts.stream().map(part -> (there(part) ? KEPT : NEW) + part).toList());
        try {
            for (String part : parts) {
                moveIfThere(part, former(part));
                moveIfThere(fresh(part), part);
            }
            done();
        } catch (IOException e) {
            try {
                undo();
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    /// Puts back what a swap that was cut off had put aside. May be cut off itself.
    void undo() throws IOException {
        if (!unfinished(folder)) {
            return;
        }
        List<String> note = Files.readAllLines(folder.resolve(NOTE));
        for (String part : PARTS.reversed()) {
            if (note.contains(NEW + part) || (note.contains(KEPT + part) && there(former(part)))) {
                delete(fresh(part));
                moveIfThere(part, fresh(part));
                moveIfThere(former(part), part);
            }
        }
        done();
    }

    private void write(List<String> lines) throws IOException {
        Path note = new DatabaseFile(folder).createPrivate(NOTE + ".new");
        Files.write(note, lines);
        DatabaseFile.sync(note);
        Files.move(note, folder.resolve(NOTE), StandardCopyOption.ATOMIC_MOVE);
        DatabaseFile.syncFolder(folder);
    }

    /// The note goes after everything else is on the disk.
    private void done() throws IOException {
        for (String part : PARTS) {
            Path parent = folder.resolve(part).resolveSibling("");
            if (Files.exists(parent)) {
                DatabaseFile.syncFolder(parent);
            }
        }
        Files.delete(folder.resolve(NOTE));
        DatabaseFile.syncFolder(folder);
    }

    /// What was unpacked is not wanted.
    void discard() throws IOException {
        for (String part : PARTS) {
            delete(fresh(part));
        }
    }

    private boolean there(String name) {
        return Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    private void moveIfThere(String from, String to) throws IOException {
        if (there(from)) {
            mover.move(folder.resolve(from), folder.resolve(to));
        }
    }

    private void delete(String name) throws IOException {
        if (!there(name)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder.resolve(name))) {
            for (Path path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(path);
            }
        }
    }
}
