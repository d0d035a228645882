/// Values that all features share: names, roles, refusals. Sees nothing else of ours.
@NullMarked
package dev.parley.signaling.model;

import org.jspecify.annotations.NullMarked;
