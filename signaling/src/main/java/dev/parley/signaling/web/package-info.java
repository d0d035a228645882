/// The front door: what a TCP connection is by its first bytes, TLS, HTTP routes, static files, problems, health.
@NullMarked
package dev.parley.signaling.web;

import org.jspecify.annotations.NullMarked;
