/// Tests of the engine as a whole: which package may see which.
@NullMarked
package dev.parley.sfu;

import org.jspecify.annotations.NullMarked;
