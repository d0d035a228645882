package dev.parley.signaling.files;

/// What the outside measures of files. Called from any thread.
public interface FilesWatch {
    /// Bytes of uploads that are on the disk.
    void received(long bytes);

    /// Bytes of files that were handed to connections.
    void sent(long bytes);

    /// An upload is whole.
    void completed();

    void limitHit(String limit);

    /// All files there are.
    void kept(long files, long bytes);
}
