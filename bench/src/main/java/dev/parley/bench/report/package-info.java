/// What a measurement says of itself and of the machine: the RESULT lines, quantiles, who else was busy, who runs
/// where.
@NullMarked
package dev.parley.bench.report;

import org.jspecify.annotations.NullMarked;
