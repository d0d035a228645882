package dev.parley.signaling.model;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// Rights of files and folders that are made for nobody but their owner, where the system has such rights.
public final class OwnerOnly {
    private OwnerOnly() {}

    /// @param at where it is made
    public static FileAttribute<?>[] file(Path at) {
        return rights(at, "rw-------");
    }

    /// @param at where it is made
    public static FileAttribute<?>[] folder(Path at) {
        return rights(at, "rwx------");
    }

    private static FileAttribute<?>[] rights(Path at, String rights) {
        return at.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[0];
    }
}
