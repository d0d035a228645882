/// Virtual time, a seeded bad network, the same network over real sockets, and seeded fuzzing. Knows nothing of ours.
@NullMarked
package dev.parley.netsim;

import org.jspecify.annotations.NullMarked;
