/// What signaling may see of the media engine: interfaces and records, no implementation. All calls may come from any
/// thread; events are delivered on a media loop, in order for each participant, and must not block.
@NullMarked
package dev.parley.sfu.api;

import org.jspecify.annotations.NullMarked;
