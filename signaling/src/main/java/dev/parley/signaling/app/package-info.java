/// Composition: command line, configuration, wiring, metrics, start and stop.
@NullMarked
package dev.parley.signaling.app;

import org.jspecify.annotations.NullMarked;
