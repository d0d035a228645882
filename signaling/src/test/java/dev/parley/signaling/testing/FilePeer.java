package dev.parley.signaling.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Somebody who has joined a room and sends files: a WebSocket, and requests by HTTP/1.1 in the clear or by HTTP/2 over
/// TLS. Used by one thread.
public final class FilePeer implements AutoCloseable {
    public static final int PART = 1 << 20;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    public final RawWebSocket socket;
    public final JsonNode joined;
    private final HttpClient client;
    private final String base;
    private final String room;
    private String token;
    private int requests = 100;

    /// How requests are made.
    public enum Over {
        HTTP_1,
        HTTP_2
    }

    /// @param httpPort of the plain listener
    /// @param httpsPort of the public one
    public FilePeer(Over over, int httpPort, int httpsPort, String room, String name, @Nullable String device) {
        this.client = client(over);
        this.base = over == Over.HTTP_1 ? "http://127.0.0.1:" + httpPort : "https://127.0.0.1:" + httpsPort;
        this.room = room;
        this.socket = RawWebSocket.open(httpPort);
        ObjectNode join = JSON.createObjectNode()
                .put("type", "join")
                .put("id", 1)
                .put("v", 1)
                .put("room", room)
                .put("name", name)
                .put("device", device)
                .put("offer", Offers.MICROPHONE);
        socket.text(join.toString());
        this.joined = socket.message();
        if (!joined.path("type").asText().equals("joined")) {
            throw new AssertionError(joined.toString());
        }
        this.token = joined.path("files").path("token").asText();
    }

    private static HttpClient client(Over over) {
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, new TrustManager[] {new Anyone()}, null);
            return HttpClient.newBuilder()
                    .version(over == Over.HTTP_1 ? Version.HTTP_1_1 : Version.HTTP_2)
                    .sslContext(tls)
                    .connectTimeout(TIMEOUT)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The certificate and the name in it are looked at elsewhere.
    private static final class Anyone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket s) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket s) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine e) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine e) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /// An answer with its body as bytes.
    public record Answer(HttpResponse<byte[]> response) {
        public int status() {
            return response.statusCode();
        }

        public byte[] bytes() {
            return response.body();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public JsonNode json() {
            try {
                return JSON.readTree(response.body());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// The last part of a problem's type.
        public String code() {
            return json().path("type").asText().replace("urn:parley:problem:", "");
        }

        @Override
        public String toString() {
            return status() + " " + new String(response.body(), StandardCharsets.UTF_8);
        }
    }

    public String token() {
        return token;
    }

    public void token(String other) {
        token = other;
    }

    public String path() {
        return "/api/v1/rooms/" + room + "/files";
    }

    public HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(base + pathAndQuery))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token);
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(client.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public Answer begin(String id, String name, long size, @Nullable String type) {
        ObjectNode body = JSON.createObjectNode()
                .put("id", id)
                .put("name", name)
                .put("size", size)
                .put("type", type);
        return begin(body.toString());
    }

    public Answer begin(String json) {
        return send(request(path()).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    public Answer part(String id, long offset, byte[] bytes) {
        return send(request(path() + "/" + id + "?offset=" + offset).PUT(BodyPublishers.ofByteArray(bytes)));
    }

    public Answer ask(String id) {
        return send(request(path() + "/" + id).GET());
    }

    public Answer end(String id) {
        return send(request(path() + "/" + id).DELETE());
    }

    public Answer list(String query) {
        return send(request(path() + query).GET());
    }

    public Answer download(String key, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + "/files/" + key)).timeout(TIMEOUT);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request.GET());
    }

    /// All of it, from where the server is.
    public JsonNode upload(String id, String name, byte[] bytes, @Nullable String type) {
        JsonNode now = begin(id, name, bytes.length, type).json();
        while (!now.path("complete").asBoolean()) {
            if (!now.has("offset")) {
                throw new AssertionError(now.toString());
            }
            int offset = now.path("offset").asInt();
            now = part(id, offset, Arrays.copyOfRange(bytes, offset, Math.min(bytes.length, offset + PART)))
                    .json();
        }
        return now;
    }

    /// Shows it in the chat: the answer, `said` or `error`.
    public JsonNode show(String message, String text, String file, @Nullable String to) {
        return say(JSON.createObjectNode()
                .put("type", "chat")
                .put("message", message)
                .put("text", text)
                .put("file", file)
                .put("to", to));
    }

    public JsonNode say(ObjectNode request) {
        int id = ++requests;
        socket.text(request.put("id", id).toString());
        JsonNode answer = socket.message();
        while (answer.path("re").asInt() != id) {
            answer = socket.message();
        }
        return answer;
    }

    public JsonNode say(String request) {
        try {
            return say((ObjectNode) JSON.readTree(request));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What was said last, as this person reads it.
    public JsonNode last() {
        JsonNode messages = say("{\"type\":\"history\"}").path("messages");
        return messages.path(messages.size() - 1);
    }

    @Override
    public void close() {
        socket.close();
        client.close();
    }
}
