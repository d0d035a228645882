/// Files that people show to each other in chat: uploads in parts that survive cuts, their quotas, where their bytes
/// are and when they are deleted. Knows nothing of HTTP, JSON or SQL; bytes come and go as streams.
@NullMarked
package dev.parley.signaling.files;

import org.jspecify.annotations.NullMarked;
