package dev.parley.signaling.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.web.Response.Header;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaticFilesTest {
    private static final String PAGE = "<!doctype html><script type=\"importmap\">{\"imports\":{}}</script>"
            + "<script type=\"module\" src=\"/app.js\"></script>" + "<p>".repeat(200);

    @TempDir
    private Path folder;

    private StaticFiles files;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("index.html"), PAGE);
        Files.createDirectories(folder.resolve("call"));
        Files.writeString(folder.resolve("call/peer.js"), "export const a = 1;\n".repeat(100));
        Files.writeString(folder.resolve(".secret"), "no");
        files = StaticFiles.ofFolder(folder);
    }

    private @Nullable Response find(String path, String... headers) {
        HttpHeaders fields = new DefaultHttpHeaders();
        for (String header : headers) {
            fields.add(header.substring(0, header.indexOf(':')), header.substring(header.indexOf(':') + 2));
        }
        Origin origin = new Origin(true, "192.0.2.7:8443", InetAddress.getLoopbackAddress());
        List<String> segments = Objects.requireNonNull(UrlPath.parse(path), path);
        return files.find(new Request("GET", segments, "", Map.of(), fields, new byte[0], origin));
    }

    private Response found(String path, String... headers) {
        return Objects.requireNonNull(find(path, headers), path);
    }

    private static String header(Response response, String name) {
        return response.headers().stream()
                .filter(h -> h.name().equals(name))
                .map(Header::value)
                .findFirst()
                .orElse("");
    }

    @Test
    void servesThePageForItsPlaces() {
        assertThat(new String(found("/").body(), StandardCharsets.UTF_8)).isEqualTo(PAGE);
        assertThat(found("/r/demo%20room").body()).isEqualTo(found("/").body());
        assertThat(find("/r/")).isNull();
        assertThat(find("/r/a/b")).isNull();
        assertThat(find("/call/")).isNull();
        assertThat(find("/.secret")).isNull();
    }

    @Test
    void sendsModulesAsWhatTheyAreCompressedBeforehand() throws IOException {
        Response plain = found("/call/peer.js");
        Response small = found("/call/peer.js", "Accept-Encoding: br, gzip;q=0.8");
        assertThat(header(plain, "Content-Type")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(header(small, "Content-Encoding")).isEqualTo("gzip");
        assertThat(header(small, "Vary")).isEqualTo("Accept-Encoding");
        assertThat(small.body().length).isLessThan(plain.body().length / 4);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(small.body())).readAllBytes())
                .isEqualTo(plain.body());
        assertThat(header(found("/call/peer.js", "Accept-Encoding: gzip;q=0"), "Content-Encoding"))
                .isEmpty();
    }

    @Test
    void sendsNothingAgainThatTheBrowserHas() {
        Response first = found("/call/peer.js", "Accept-Encoding: gzip");
        String tag = header(first, "ETag");
        assertThat(tag).matches("\"[A-Za-z0-9_-]{22}-gz\"");
        Response again = found("/call/peer.js", "Accept-Encoding: gzip", "If-None-Match: \"x\", " + tag);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(header(again, "ETag")).isEqualTo(tag);
        assertThat(header(again, "Cache-Control")).isEqualTo("no-cache");
        assertThat(found("/call/peer.js", "If-None-Match: " + tag).status())
                .as("the plain form is another entity")
                .isEqualTo(200);
    }

    @Test
    void theTagChangesWithTheContent() throws IOException {
        String before = header(found("/"), "ETag");
        Files.writeString(folder.resolve("index.html"), PAGE + " ");
        files = StaticFiles.ofFolder(folder);
        assertThat(header(found("/"), "ETag")).isNotEqualTo(before);
    }

    @Test
    void allowsItsOwnImportMapAndSocketAndNothingElse() {
        String policy = header(found("/"), "Content-Security-Policy");
        assertThat(policy)
                .contains("default-src 'self'", "connect-src 'self' wss://192.0.2.7:8443;", "frame-ancestors 'none'")
                .containsPattern("script-src 'self' 'sha256-[A-Za-z0-9+/]{43}=';")
                .doesNotContain("unsafe");
    }
}
