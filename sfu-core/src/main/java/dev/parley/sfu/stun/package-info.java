/// STUN messages (RFC 8489, with the attributes of RFC 8445): bytes to an immutable view and back, on ice4j's
/// codec. Knows no addresses, sessions or time.
@NullMarked
package dev.parley.sfu.stun;

import org.jspecify.annotations.NullMarked;
