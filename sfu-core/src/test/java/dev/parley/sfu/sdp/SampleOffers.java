package dev.parley.sfu.sdp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Offers as browsers wrote them, with addresses of the documentation ranges.
public final class SampleOffers {
    private SampleOffers() {}

    public static String chromium() {
        return read("chromium-offer.sdp");
    }

    public static String firefox() {
        return read("firefox-offer.sdp");
    }

    public static List<byte[]> bytes() {
        return List.of(chromium().getBytes(StandardCharsets.UTF_8), firefox().getBytes(StandardCharsets.UTF_8));
    }

    private static String read(String name) {
        try (InputStream in = SampleOffers.class.getResourceAsStream("/sdp/" + name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
