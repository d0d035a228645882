/// The WebSocket side of docs/protocol.md: frames to typed messages, messages to rooms, events to text. The only place
/// that knows the protocol's JSON.
@NullMarked
package dev.parley.signaling.socket;

import org.jspecify.annotations.NullMarked;
