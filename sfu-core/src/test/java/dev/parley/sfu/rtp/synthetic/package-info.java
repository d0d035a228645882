/// Media without cameras for simulations: publishers whose every payload says who made it, and receivers that check
/// each
/// number on the way. Knows RTP and RTCP, no session and no encryption.
@NullMarked
package dev.parley.sfu.rtp.synthetic;

import org.jspecify.annotations.NullMarked;
