package dev.parley.signaling.web;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;

/// What browsers are told to refuse on our behalf. No third party is ever asked for anything.
final class SecurityHeaders {
    /// Own camera, microphone and screen only; nothing else that a page could ask a person for.
    private static final String PERMISSIONS = "camera=(self), microphone=(self), display-capture=(self), "
            + "autoplay=(self), fullscreen=(self), picture-in-picture=(self), screen-wake-lock=(self), "
            + "speaker-selection=(self), clipboard-write=(self), geolocation=(), payment=(), usb=(), midi=(), "
            + "serial=(), hid=()";

    private SecurityHeaders() {}

    static void addTo(HttpHeaders headers) {
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Permissions-Policy", PERMISSIONS);
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        if (!headers.contains("Content-Security-Policy")) {
            headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        }
    }

    /// For a page that was reached as `origin`. An import map has to stand in the page itself, so it is allowed by its
    /// hash, and nothing else inline is.
    static String pagePolicy(Origin origin, List<String> inlineScriptHashes) {
        StringBuilder scripts = new StringBuilder("'self'");
        inlineScriptHashes.forEach(
                hash -> scripts.append(" 'sha256-").append(hash).append('\''));
        String socket = (origin.secure() ? "wss://" : "ws://") + origin.authority();
        return "default-src 'self'; script-src " + scripts + "; style-src 'self'; connect-src 'self' " + socket
                + "; img-src 'self' data: blob:; media-src 'self' blob: mediastream:; font-src 'self'; "
                + "worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
                + "frame-ancestors 'none'";
    }
}
