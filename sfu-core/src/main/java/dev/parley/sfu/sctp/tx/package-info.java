/// The sending half of an association: messages that wait, which of them is next, what is under way, what is sent again
/// or given up, and how much the network and the peer take. Knows packets, and neither states nor who sends.
@NullMarked
package dev.parley.sfu.sctp.tx;

import org.jspecify.annotations.NullMarked;
