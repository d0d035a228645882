package dev.parley.sfu.sdp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

    /// Each section of both offers as an offer of its own: short samples for many mutations.
    public static List<byte[]> sections() {
        List<byte[]> samples = new ArrayList<>();
        for (String offer : List.of(chromium(), firefox())) {
            int first = offer.indexOf("m=");
            for (int start = first; start >= 0; ) {
                int next = offer.indexOf("\nm=", start);
                String section = next < 0 ? offer.substring(start) : offer.substring(start, next + 1);
                samples.add((offer.substring(0, first) + section).getBytes(StandardCharsets.UTF_8));
                start = next < 0 ? -1 : next + 1;
            }
        }
        return samples;
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
