package dev.parley.sfu.bwe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// The rate of a link over time, from a text of lines "ms kbit/s"; `#` begins a comment.
record Trace(List<Point> points) {
    record Point(double second, long bps) {}

    static Trace read(String name) {
        try (InputStream in = Trace.class.getResourceAsStream("/bwe/" + name + ".txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return new Trace(text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Trace::point)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Point point(String line) {
        String[] fields = line.trim().split("\\s+", -1);
        return new Point(Long.parseLong(fields[0]) / 1000.0, Long.parseLong(fields[1]) * 1000);
    }

    double seconds() {
        return points.getLast().second();
    }

    long firstBps() {
        return points.getFirst().bps();
    }

    /// Whether the rate keeps within a share of its mean in this time.
    boolean level(double from, double to, double share) {
        double[] rates = points.stream()
                .filter(p -> p.second >= from && p.second < to)
                .mapToDouble(Point::bps)
                .toArray();
        double mean = Arrays.stream(rates).average().orElse(0);
        return Arrays.stream(rates).allMatch(r -> Math.abs(r - mean) <= share * mean);
    }
}
