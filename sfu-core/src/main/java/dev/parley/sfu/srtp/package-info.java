/// SRTP and SRTCP: keys in, packets protected and unprotected in place. Knows headers only as far as the two RFCs need
/// them (3711 and 7714), and nothing of DTLS, sockets or tracks.
@NullMarked
package dev.parley.sfu.srtp;

import org.jspecify.annotations.NullMarked;
