/// RTCP: a walk over what arrives, a writer for what goes out, receive statistics and transport-wide feedback.
/// Knows numbers of streams, not whose they are.
@NullMarked
package dev.parley.sfu.rtp.rtcp;

import org.jspecify.annotations.NullMarked;
