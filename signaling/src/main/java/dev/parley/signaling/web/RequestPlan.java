package dev.parley.signaling.web;

import dev.parley.signaling.web.Router.Match;
import dev.parley.signaling.web.Router.Route;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What will be done with a request, decided when its head is there: either an answer that is known already, or a
/// route.
///
/// @param answer what to say without asking a route
/// @param broken the connection cannot be understood any further
record RequestPlan(
        @Nullable Response answer,
        boolean broken,
        @Nullable Route route,
        @Nullable Request request) {
    /// Browsers send about 20; each one costs far more than its bytes.
    private static final int FIELDS_MAX = 100;

    static RequestPlan of(HttpRequest head, Site site, boolean secure, InetAddress neighbour) {
        if (head.decoderResult().isFailure()) {
            return broken(unreadable(head.decoderResult().cause()));
        }
        if (head.headers().size() > FIELDS_MAX) {
            return broken(new Problem(431, "too_long", "at most " + FIELDS_MAX + " header fields"));
        }
        Origin origin = site.proxies().originOf(head.headers(), secure, neighbour);
        if (origin == null || head.headers().getAll(HttpHeaderNames.HOST).size() != 1) {
            return broken(
                    new Problem(400, "bad_host", "Host: exactly one, a name or an address with or without a port"));
        }
        if (ambiguousLength(head)) {
            return broken(new Problem(400, "bad_request", "Content-Length or Transfer-Encoding, not both"));
        }
        List<String> path = UrlPath.parse(head.uri());
        if (path == null) {
            return answered(new Problem(400, "bad_path", "the path is not clear"));
        }
        return routed(
                head,
                site,
                new Request(
                        head.method().name(),
                        path,
                        UrlPath.query(head.uri()),
                        Map.of(),
                        head.headers(),
                        new byte[0],
                        origin));
    }

    private static RequestPlan routed(HttpRequest head, Site site, Request request) {
        Match match = site.router().find(request.method(), request.path());
        Route route = match.route();
        if (route != null) {
            boolean tooLarge = HttpUtil.getContentLength(head, 0L) > route.bodyMaxBytes();
            return tooLarge
                    ? new RequestPlan(route.tooLarge(), true, null, null)
                    : new RequestPlan(null, false, route, request.with(match.captured()));
        }
        if (!match.allowed().isEmpty()) {
            return notAllowed(match.allowed());
        }
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        Response file = site.files() == null || !reads ? null : site.files().find(request);
        return file == null ? answered(Problem.notFound()) : new RequestPlan(file, false, null, request);
    }

    /// For a body that grows beyond its limit while it comes.
    Response tooLarge() {
        return route == null ? Problem.tooLarge(0).toResponse() : route.tooLarge();
    }

    private static RequestPlan notAllowed(String allowed) {
        Response response = new Problem(405, "method_not_allowed", "this resource takes " + allowed).toResponse();
        return new RequestPlan(response.with("Allow", allowed), false, null, null);
    }

    /// Two lengths are how a request is smuggled past a proxy, RFC 9112 section 6.3.
    private static boolean ambiguousLength(HttpRequest head) {
        boolean chunked = head.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
        return chunked
                && (head.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                        || head.protocolVersion().equals(HttpVersion.HTTP_1_0));
    }

    private static Problem unreadable(@Nullable Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return new Problem(414, "too_long", "the request line is too long");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return new Problem(431, "too_long", "the header fields are too long");
        }
        return new Problem(400, "bad_request", "this is not HTTP/1.1");
    }

    private static RequestPlan answered(Problem problem) {
        return new RequestPlan(problem.toResponse(), false, null, null);
    }

    /// Chunks that are none, RFC 9112 section 7.1: where the next request begins is not known.
    static RequestPlan brokenBody() {
        return broken(new Problem(400, "bad_request", "the body is not HTTP/1.1"));
    }

    private static RequestPlan broken(Problem problem) {
        return new RequestPlan(problem.toResponse(), true, null, null);
    }
}
