/// SCTP packets as they are on the wire ([RFC 9260 §3](https://www.rfc-editor.org/rfc/rfc9260#section-3) and its
/// extensions): one record for each chunk, read within bounds and written back. Knows nothing of associations.
@NullMarked
package dev.parley.sfu.sctp.packet;

import org.jspecify.annotations.NullMarked;
