/// What docs/protocol.md promises to clients that others write, row for row, against a started server.
@NullMarked
package dev.parley.conformance;

import org.jspecify.annotations.NullMarked;
