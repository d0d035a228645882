package dev.parley.signaling.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which handler a request belongs to: the first route whose pattern fits. Built once, then only read.
public final class Router {
    private final List<Route> routes = new ArrayList<>();

    /// Answers a request, at once or later. Must not block: it is called on an event loop.
    @FunctionalInterface
    public interface Handler {
        CompletionStage<Response> handle(Request request);
    }

    /// @param pattern segments; `{name}` takes any
    /// @param bodyMaxBytes above it 413
    /// @param upgrade takes the connection over instead of answering
    record Route(
            String method,
            List<String> pattern,
            int bodyMaxBytes,
            @Nullable Handler handler,
            @Nullable Upgrade upgrade) {}

    /// What was found; without a route, the methods that the path would take.
    record Match(@Nullable Route route, Map<String, String> captured, String allowed) {}

    /// For an answer that takes asking somebody.
    public Router getLater(String pattern, Handler handler) {
        return route("GET", pattern, 0, handler);
    }

    public Router get(String pattern, Function<Request, Response> handler) {
        return getLater(pattern, request -> CompletableFuture.completedFuture(handler.apply(request)));
    }

    public Router route(String method, String pattern, int bodyMaxBytes, Handler handler) {
        routes.add(new Route(method, segments(pattern), bodyMaxBytes, handler, null));
        return this;
    }

    public Router upgrade(String pattern, Upgrade upgrade) {
        routes.add(new Route("GET", segments(pattern), 0, null, upgrade));
        return this;
    }

    Match find(String method, List<String> path) {
        TreeSet<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            Map<String, String> captured = match(route.pattern(), path);
            if (captured == null) {
                continue;
            }
            if (route.method().equals(method)
                    || (method.equals("HEAD") && route.method().equals("GET"))) {
                return new Match(route, captured, "");
            }
            allowed.add(route.method());
            if (route.method().equals("GET") && route.handler() != null) {
                allowed.add("HEAD");
            }
        }
        return new Match(null, Map.of(), String.join(", ", allowed));
    }

    private static List<String> segments(String pattern) {
        return List.of(pattern.substring(1).split("/", -1));
    }

    private static @Nullable Map<String, String> match(List<String> pattern, List<String> path) {
        if (pattern.size() != path.size()) {
            return null;
        }
        Map<String, String> captured = new HashMap<>();
        for (int i = 0; i < pattern.size(); i++) {
            String expected = pattern.get(i);
            if (expected.startsWith("{")) {
                captured.put(expected.substring(1, expected.length() - 1), path.get(i));
            } else if (!expected.equals(path.get(i))) {
                return null;
            }
        }
        return captured;
    }
}
