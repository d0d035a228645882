/// Benchmarks of what runs for each packet and for each join. Figures are for one machine and one minute: they are
/// printed with
/// the machine's name and never asserted.
@NullMarked
package dev.parley.bench;

import org.jspecify.annotations.NullMarked;
