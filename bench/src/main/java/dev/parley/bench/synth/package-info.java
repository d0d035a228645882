/// Participants without people: real ICE, DTLS, SRTP and SCTP over real sockets, hundreds on one thread, who come in
/// by any of the server's doors.
@NullMarked
package dev.parley.bench.synth;

import org.jspecify.annotations.NullMarked;
