package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.bench.synth.HttpDoor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// One way to the server's public listeners, as a client that knows nothing but HTTP sees it.
final class Listener {
    static final String SDP = "application/sdp";
    static final String FRAGMENT = "application/trickle-ice-sdpfrag";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient ONE = client(HttpClient.Version.HTTP_1_1);
    private static final HttpClient TWO = client(HttpClient.Version.HTTP_2);

    private final URI base;
    private final HttpClient client;

    /// @param how `http`, `https`, or `h2`, which is HTTP/2 over the second
    Listener(String how) {
        this.base = URI.create(ServerProcess.shared().at(how.equals("h2") ? "https" : how));
        this.client = how.equals("h2") ? TWO : ONE;
    }

    private static HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(trustingAnyone())
                .build();
    }

    /// A self-signed certificate is what a first start has.
    private static SSLContext trustingAnyone() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anyone()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Anyone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    URI at(String target) {
        return base.resolve(target);
    }

    HttpDoor door(String resource) {
        return new HttpDoor(client, at(resource));
    }

    /// @param headers names and values in turn
    HttpResponse<String> ask(String method, String target, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(target)).method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            assertThat(response.version()).isEqualTo(client.version());
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> post(String target, String offer) {
        return ask("POST", target, offer, "Content-Type", SDP);
    }

    HttpResponse<String> patch(String session, String condition, String fragment) {
        return ask("PATCH", session, fragment, "Content-Type", FRAGMENT, "If-Match", condition);
    }

    /// A session that was made; its address.
    String made(String target, String offer) {
        return location(created(target, offer));
    }

    HttpResponse<String> created(String target, String offer) {
        HttpResponse<String> response = post(target, offer);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return response;
    }

    static String location(HttpResponse<String> response) {
        return header(response, "Location");
    }

    static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /// The response is this problem, in the form of RFC 9457, and a page of any origin may read it.
    static void assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
        JsonNode problem = json(response.body());
        assertThat(problem.path("type").asText()).isEqualTo("urn:parley:problem:" + code);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asText()).isNotBlank();
    }

    /// The room as REST tells it.
    JsonNode people(String room) {
        return json(ask("GET", "/api/v1/rooms/" + room + "/participants", "").body())
                .path("participants");
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }
}
