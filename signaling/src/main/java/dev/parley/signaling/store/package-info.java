/// What the server keeps: one SQLite file in the data folder, its schema, one writer with group commit and readers
/// beside it, backup and restore. The only place that knows SQL; features see their own interfaces.
@NullMarked
package dev.parley.signaling.store;

import org.jspecify.annotations.NullMarked;
