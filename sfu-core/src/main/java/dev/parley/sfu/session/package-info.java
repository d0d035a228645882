/// One participant's transport, composed: what a datagram is, ICE, DTLS, SRTP, and the negotiation that ties media
/// sections to tracks. Introduces the protocol packages to each other; does no I/O.
@NullMarked
package dev.parley.sfu.session;

import org.jspecify.annotations.NullMarked;
