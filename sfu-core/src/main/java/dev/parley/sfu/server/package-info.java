/// Wires the engine together: loops, rooms and sessions behind `dev.parley.sfu.api`, and the export of what is counted.
@NullMarked
package dev.parley.sfu.server;

import org.jspecify.annotations.NullMarked;
