/// Stand-ins with behaviour, and clients that speak on the wire, for this module's tests.
@NullMarked
package dev.parley.signaling.testing;

import org.jspecify.annotations.NullMarked;
