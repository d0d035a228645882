/// Tests of SRTP against the RFCs' vectors, another implementation, and hostile senders.
@NullMarked
package dev.parley.sfu.srtp;

import org.jspecify.annotations.NullMarked;
