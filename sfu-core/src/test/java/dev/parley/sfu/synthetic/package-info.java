/// A browser's media without a browser: what it publishes, receives and reports, over whatever transport. Shared by
/// simulations in virtual time and by synthetic participants over real sockets.
@NullMarked
package dev.parley.sfu.synthetic;

import org.jspecify.annotations.NullMarked;
