/// DTLS 1.2 for WebRTC, [RFC 6347](https://www.rfc-editor.org/rfc/rfc6347) and
/// [RFC 5764](https://www.rfc-editor.org/rfc/rfc5764): BouncyCastle decides what the handshake says, this package owns
/// every datagram, every timer and the records that follow. Knows nothing of ICE, SRTP or sockets.
@NullMarked
package dev.parley.sfu.dtls;

import org.jspecify.annotations.NullMarked;
