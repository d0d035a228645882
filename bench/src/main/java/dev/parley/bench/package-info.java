/// Benchmarks of the parts that run for each packet. Figures are for one machine and one minute: they are printed with
/// the machine's name and never asserted.
@NullMarked
package dev.parley.bench;

import org.jspecify.annotations.NullMarked;
