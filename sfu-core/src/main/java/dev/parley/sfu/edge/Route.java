package dev.parley.sfu.edge;

import dev.parley.sfu.base.Flow;
import org.jspecify.annotations.Nullable;

/// Where the datagrams of a bound flow go. Immutable.
///
/// @param loop the index of the loop that owns the endpoint
/// @param owner stands for the endpoint also where another loop owns it: it is compared there, never called
/// @param endpoint null where another loop owns it
record Route(Flow flow, int loop, Object owner, @Nullable Endpoint endpoint) {}
