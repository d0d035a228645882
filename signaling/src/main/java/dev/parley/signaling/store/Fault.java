package dev.parley.signaling.store;

import java.sql.SQLException;

/// Why the database did not do what it was asked, by SQLite's result codes.
public enum Fault {
    DISK_FULL("disk_full", "the disk is full"),
    /// Another program holds it.
    LOCKED("locked", "another program holds the database"),
    READ_ONLY("read_only", "the database cannot be written"),
    /// What is in the file is no database any more.
    CORRUPT("corrupt", "the database is damaged: restore it from a backup"),
    /// The system failed to read or write.
    IO("io", "the disk fails"),
    OTHER("other", "the database refuses");

    private final String label;
    private final String text;

    Fault(String label, String text) {
        this.label = label;
        this.text = text;
    }

    public String label() {
        return label;
    }

    public String text() {
        return text;
    }

    /// Whether what failed together would fail alone as well.
    boolean concernsAll() {
        return this != OTHER;
    }

    /// [Result codes](https://www.sqlite.org/rescode.html): the low byte is the primary one.
    static Fault of(SQLException e) {
        return switch (e.getErrorCode() & 0xff) {
            case 5, 6 -> LOCKED;
            case 8 -> READ_ONLY;
            case 10, 14 -> IO;
            case 11, 26 -> CORRUPT;
            case 13 -> DISK_FULL;
            default -> OTHER;
        };
    }
}
