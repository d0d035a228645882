/// Benches of whole rooms on a whole server in a process of its own: `bench people` and `bench viewers`.
@NullMarked
package dev.parley.bench.room;

import org.jspecify.annotations.NullMarked;
