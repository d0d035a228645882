/// Session descriptions, [RFC 8866](https://www.rfc-editor.org/rfc/rfc8866), as text and as records. Knows the lines
/// that WebRTC uses and drops the others; resolves nothing and decides nothing.
@NullMarked
package dev.parley.sfu.sdp;

import org.jspecify.annotations.NullMarked;
