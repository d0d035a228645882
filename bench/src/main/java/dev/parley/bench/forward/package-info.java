/// `bench forward`: what one forwarded packet costs the media loop, beside what it costs a C program that only
/// receives,
/// encrypts and sends.
@NullMarked
package dev.parley.bench.forward;

import org.jspecify.annotations.NullMarked;
