package dev.parley.signaling.web;

import dev.parley.signaling.web.Response.Header;
import java.io.InputStream;
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
    private static final String ANY_METHOD = "*";

    private final List<Route> routes = new ArrayList<>();

    /// Answers a request, at once or later. Must not block: it is called on an event loop.
    @FunctionalInterface
    public interface Handler {
        CompletionStage<Response> handle(Request request);
    }

    /// Answers a request whose body it reads while it comes. Must not block: it is called on an event loop, and the
    /// stream is for a thread that may wait. A body that is not read to its end is passed over.
    @FunctionalInterface
    public interface Receiver {
        CompletionStage<Response> receive(Request request, InputStream body);
    }

    /// @param method or `ANY_METHOD`
    /// @param pattern segments; `{name}` takes any
    /// @param bodyMaxBytes above it 413
    /// @param always fields that also a refusal before the handler has
    /// @param receiver for bodies that are not for memory
    /// @param upgrade takes the connection over instead of answering
    record Route(
            String method,
            List<String> pattern,
            int bodyMaxBytes,
            List<Header> always,
            @Nullable Handler handler,
            @Nullable Receiver receiver,
            @Nullable Upgrade upgrade) {
        boolean takes(String asked) {
            return method.equals(asked) || method.equals(ANY_METHOD) || (asked.equals("HEAD") && method.equals("GET"));
        }

        Response tooLarge() {
            Response refusal = Problem.tooLarge(bodyMaxBytes).toResponse();
            for (Header header : always) {
                refusal = refusal.with(header.name(), header.value());
            }
            return refusal;
        }
    }

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
        routes.add(new Route(method, segments(pattern), bodyMaxBytes, List.of(), handler, null, null));
        return this;
    }

    /// @param bodyMaxBytes above it 413
    public Router receive(String method, String pattern, int bodyMaxBytes, Receiver receiver) {
        routes.add(new Route(method, segments(pattern), bodyMaxBytes, List.of(), null, receiver, null));
        return this;
    }

    /// A resource that answers for itself whatever the method is.
    ///
    /// @param always fields of every response, also of those that the handler is not asked for
    public Router resource(String pattern, int bodyMaxBytes, List<Header> always, Handler handler) {
        routes.add(new Route(ANY_METHOD, segments(pattern), bodyMaxBytes, always, handler, null, null));
        return this;
    }

    public Router upgrade(String pattern, Upgrade upgrade) {
        routes.add(new Route("GET", segments(pattern), 0, List.of(), null, null, upgrade));
        return this;
    }

    Match find(String method, List<String> path) {
        TreeSet<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            Map<String, String> captured = match(route.pattern(), path);
            if (captured == null) {
                continue;
            }
            if (route.takes(method)) {
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
