/// What the first bytes of a payload say about frames and layers, codec by codec, read in place. Knows payload
/// formats, no RTP header.
@NullMarked
package dev.parley.sfu.rtp.codec;

import org.jspecify.annotations.NullMarked;
