/// What data channels cost: one association's bytes over sockets and in memory, and a room full of people who chat over
/// their channels to a whole server.
@NullMarked
package dev.parley.bench.data;

import org.jspecify.annotations.NullMarked;
