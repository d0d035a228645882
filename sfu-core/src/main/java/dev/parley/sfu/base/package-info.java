/// Bytes, ids, time, limits and counters that every protocol package shares. Sees nothing else of ours.
@NullMarked
package dev.parley.sfu.base;

import org.jspecify.annotations.NullMarked;
