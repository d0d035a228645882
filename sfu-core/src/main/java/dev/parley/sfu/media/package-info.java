/// One track in, many out: statistics, repair and fan-out of a publisher's packets, and what each subscriber gets of
/// them with numbers of its own. Knows RTP, no transport and no room.
@NullMarked
package dev.parley.sfu.media;

import org.jspecify.annotations.NullMarked;
