package dev.parley.bench.data;

/// What one transfer took.
///
/// @param bytes of messages
/// @param tookNs from before the first was sent until the last had come
/// @param serverNs of processor, of the server's loop
/// @param clientNs of processor, of the client's loop
/// @param serverAllocatedBytes on the heap, by the server's loop
/// @param resent fragments that were sent once more
record Transfer(long bytes, long tookNs, long serverNs, long clientNs, long serverAllocatedBytes, long resent) {}
