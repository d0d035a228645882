package dev.parley.sfu.sctp.rx;

/// A fragment that waits for the others of its message.
///
/// @param order its place among them: its TSN, or its number where messages are interleaved
record Fragment(long order, boolean begin, boolean end, int ppid, byte[] bytes) {
    /// What one costs in memory beside its bytes; a peer could send them with one byte each.
    static final int OVERHEAD_BYTES = 128;

    int cost() {
        return bytes.length + OVERHEAD_BYTES;
    }
}
