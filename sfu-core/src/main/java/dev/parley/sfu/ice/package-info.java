/// ICE (RFC 8445): the lite agent that a participant's transport has here, and the full controlling agent that
/// tests and the load tester need. Knows addresses, checks and consent; nothing of what is carried over them.
@NullMarked
package dev.parley.sfu.ice;

import org.jspecify.annotations.NullMarked;
