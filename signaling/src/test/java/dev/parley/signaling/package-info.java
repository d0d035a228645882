/// Tests of the server as a whole: which package may see which.
@NullMarked
package dev.parley.signaling;

import org.jspecify.annotations.NullMarked;
