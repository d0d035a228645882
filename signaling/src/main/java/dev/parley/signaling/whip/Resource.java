package dev.parley.signaling.whip;

import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.web.Request;
import dev.parley.signaling.web.Response;
import dev.parley.signaling.web.Response.Header;
import dev.parley.signaling.web.Router;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// One HTTP resource by its methods. Pages of any origin may ask: nothing here is done with a browser's cookies.
final class Resource implements Router.Handler {
    static final String SDP = "application/sdp";
    static final String FRAGMENT = "application/trickle-ice-sdpfrag";

    /// Fields of every response, [CORS](https://fetch.spec.whatwg.org/#http-cors-protocol).
    static final List<Header> CORS = List.of(
            new Header("Access-Control-Allow-Origin", "*"),
            new Header("Access-Control-Expose-Headers", "Location, ETag, Link, Retry-After"));

    private final Map<String, Router.Handler> methods = new TreeMap<>();

    Resource() {
        methods.put("OPTIONS", _ -> CompletableFuture.completedFuture(options()));
    }

    Resource on(String method, Router.Handler handler) {
        methods.put(method, handler);
        return this;
    }

    static Response text(int status, String mediaType, String text) {
        return Response.of(status, mediaType, text.getBytes(StandardCharsets.UTF_8))
                .with("Cache-Control", "no-store");
    }

    /// Whether the body is what it has to be, parameters such as a charset aside.
    static boolean carries(Request request, String mediaType) {
        String field = request.header("Content-Type");
        int parameters = field == null ? -1 : field.indexOf(';');
        String essence = field == null ? "" : parameters < 0 ? field : field.substring(0, parameters);
        return essence.strip().equalsIgnoreCase(mediaType);
    }

    @Override
    public CompletionStage<Response> handle(Request request) {
        return answer(request).thenApply(Resource::withCors);
    }

    private CompletionStage<Response> answer(Request request) {
        Router.Handler handler = methods.get(request.method());
        if (handler == null) {
            return CompletableFuture.completedFuture(WhipProblem.METHOD_NOT_ALLOWED
                    .says("this resource takes " + allowed())
                    .with("Allow", allowed()));
        }
        try {
            return handler.handle(request);
        } catch (Refusal refusal) {
            return CompletableFuture.completedFuture(WhipProblem.of(refusal));
        }
    }

    private static Response withCors(Response response) {
        Response open = response;
        for (Header header : CORS) {
            open = open.with(header.name(), header.value());
        }
        return open;
    }

    /// What it takes, RFC 9725 section 4.2, which also is what a browser asks before it sends the request itself.
    private Response options() {
        Response response = Response.empty(204)
                .with("Allow", allowed())
                .with("Access-Control-Allow-Methods", allowed())
                .with("Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match")
                .with("Access-Control-Max-Age", "86400");
        if (methods.containsKey("POST")) {
            response = response.with("Accept-Post", SDP);
        }
        return methods.containsKey("PATCH") ? response.with("Accept-Patch", FRAGMENT) : response;
    }

    private String allowed() {
        return String.join(", ", methods.keySet());
    }
}
