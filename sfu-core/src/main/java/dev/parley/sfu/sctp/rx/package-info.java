/// The receiving half of an association: which TSNs have come and when that is acknowledged, and messages put together
/// from fragments within a limit. Knows chunks, and neither timers of the association nor who reads the messages.
@NullMarked
package dev.parley.sfu.sctp.rx;

import org.jspecify.annotations.NullMarked;
