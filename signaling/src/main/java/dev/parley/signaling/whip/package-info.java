/// WHIP and WHEP: publishers and viewers that speak HTTP instead of our own protocol. Each session is a place in a room
/// like any other; this package knows how HTTP asks for it, changes it and gives it back.
@NullMarked
package dev.parley.signaling.whip;

import org.jspecify.annotations.NullMarked;
