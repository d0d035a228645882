/// Sockets and event loops on Netty: one UDP port for all loops, batched reads and writes, and the way of a datagram to
/// the endpoint that it is for. Knows no protocol beyond where a STUN request names its addressee.
@NullMarked
package dev.parley.sfu.edge;

import org.jspecify.annotations.NullMarked;
