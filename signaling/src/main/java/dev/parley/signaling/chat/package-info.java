/// What is said in rooms: one entry for every message whatever way it came, history for those who were away. Knows
/// nothing of sockets, JSON or SQL; who hears a message and where it is kept are interfaces of its own.
@NullMarked
package dev.parley.signaling.chat;

import org.jspecify.annotations.NullMarked;
