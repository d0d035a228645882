/// RTP packets as they are on the wire: header views, header extensions, the header of a packet that goes out,
/// what a payload type means. Knows nothing of tracks, sessions or encryption.
@NullMarked
package dev.parley.sfu.rtp;

import org.jspecify.annotations.NullMarked;
