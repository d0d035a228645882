package dev.parley.signaling.web;

import org.jspecify.annotations.Nullable;

/// Everything that one or more listeners serve: routes, then static files, and what is added to each response.
///
/// @param files null for a listener that serves no pages
public record Site(Router router, @Nullable StaticFiles files, Proxies proxies, WebWatch watch) {}
