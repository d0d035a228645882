package dev.parley.signaling.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginTest {
    private static final InetAddress CLIENT = InetAddress.ofLiteral("198.51.100.3");

    private static Origin at(boolean secure, String authority) {
        return Objects.requireNonNull(Origin.of(secure, authority, CLIENT));
    }

    @ParameterizedTest
    @CsvSource({
        "true,  call.example.org,      https://call.example.org,      true",
        "true,  call.example.org:443,  https://call.example.org,      true",
        "true,  call.example.org,      https://CALL.example.org:443,  true",
        "true,  call.example.org:8443, https://call.example.org,      false",
        "true,  call.example.org,      http://call.example.org,       false",
        "false, call.example.org,      http://call.example.org:80,    true",
        "true,  [2001:db8::7]:8443,    https://[2001:db8::7]:8443,    true",
        "true,  call.example.org,      https://xcall.example.org,     false",
        "true,  call.example.org,      https://call.example.org.evil.example, false",
        "true,  call.example.org,      https://call.example.org@evil.example, false",
        "true,  call.example.org,      null,                          false"
    })
    void comparesSchemeHostAndPort(boolean secure, String authority, String origin, boolean same) {
        assertThat(at(secure, authority).isSameAs(origin)).isEqualTo(same);
    }

    @Test
    void takesALiteralAddressForACandidateAndNeverANameForOne() {
        assertThat(at(true, "192.0.2.7:8443").literal()).isEqualTo(new InetSocketAddress("192.0.2.7", 8443));
        assertThat(at(true, "192.0.2.7").literal()).isEqualTo(new InetSocketAddress("192.0.2.7", 443));
        assertThat(at(false, "192.0.2.7:8088").literal()).isEqualTo(new InetSocketAddress("192.0.2.7", 0));
        assertThat(at(true, "[2001:db8::7]:1").literal()).isEqualTo(new InetSocketAddress("2001:db8::7", 1));
        assertThat(at(true, "localhost:8443").literal()).isNull();
        assertThat(at(true, "999.0.2.7").literal()).isNull();
        assertThat(at(true, "192.0.2.7:99999").literal()).isNull();
    }

    @Test
    void believesForwardedHeadersOfTrustedProxiesOnly() {
        var headers = new DefaultHttpHeaders()
                .add("Host", "backend:8088")
                .add("X-Forwarded-Host", "call.example.org")
                .add("X-Forwarded-Proto", "https")
                .add("X-Forwarded-For", "203.0.113.1, 198.51.100.3, 192.0.2.9");
        InetAddress proxy = InetAddress.ofLiteral("192.0.2.8");
        var trusting = new Proxies(List.of(Network.of("192.0.2.0/24")));
        assertThat(trusting.originOf(headers, false, proxy)).isEqualTo(new Origin(true, "call.example.org", CLIENT));
        assertThat(Proxies.none().originOf(headers, false, proxy)).isEqualTo(new Origin(false, "backend:8088", proxy));
    }
}
