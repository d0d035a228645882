/// Packets on a byte stream: RFC 4571 frames in and out, and the queue before a connection that is slower than what is
/// sent. Knows neither sockets nor what the packets say beyond an RTP header.
@NullMarked
package dev.parley.sfu.stream;

import org.jspecify.annotations.NullMarked;
