package dev.parley.signaling.files;

/// How much may be kept.
///
/// @param fileBytes of one file
/// @param personBytes of one person's files in a room
/// @param roomBytes of all files of a room
/// @param totalBytes of all files of this server
/// @param keepFreeBytes what of the disk stays for others: the database first of all
public record FileQuota(long fileBytes, long personBytes, long roomBytes, long totalBytes, long keepFreeBytes) {
    /// What a file counts for at least, so that a quota also limits how many there are.
    public static final long CHARGE_MIN = 64 * 1024;
    /// Of one person, begun and not shown in a message yet.
    public static final int OPEN_MAX = 8;

    public static long charge(long size) {
        return Math.max(size, CHARGE_MIN);
    }
}
