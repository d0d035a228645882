/// Whole calls in virtual time: rooms, sessions and clients joined by netsim's links.
@NullMarked
package dev.parley.sfu.sim;

import org.jspecify.annotations.NullMarked;
