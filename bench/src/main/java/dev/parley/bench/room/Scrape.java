package dev.parley.bench.room;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// What `/metrics` said at one moment. Immutable.
///
/// @param values by name and labels, as written
public record Scrape(Map<String, Double> values) {
    private static final String LE = "_bucket{le=\"";

    static Scrape of(String text) {
        Map<String, Double> values = new LinkedHashMap<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int space = line.lastIndexOf(' ');
            if (space > 0) {
                values.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
            }
        });
        return new Scrape(values);
    }

    /// All lines of one metric together.
    public double sum(String metric) {
        return values.entrySet().stream()
                .filter(line -> line.getKey().equals(metric) || line.getKey().startsWith(metric + "{"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /// One line, 0 when it is not there.
    public double of(String metric, String label, String value) {
        return values.getOrDefault(metric + "{" + label + "=\"" + value + "\"}", 0.0);
    }

    /// The buckets of a histogram, without those that were counted before.
    Buckets buckets(String metric, Scrape before) {
        TreeMap<Double, Double> counts = new TreeMap<>();
        values.forEach((line, count) -> {
            if (line.startsWith(metric + LE)) {
                String bound = line.substring((metric + LE).length(), line.indexOf('"', (metric + LE).length()));
                double upper = bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
                counts.put(upper, count - before.values.getOrDefault(line, 0.0));
            }
        });
        return new Buckets(counts);
    }

    /// A histogram: by upper bound, how many were not above it.
    record Buckets(TreeMap<Double, Double> counts) {
        /// By linear interpolation within its bucket; NaN when nothing was measured.
        double quantile(double share) {
            double wanted = share * (counts.isEmpty() ? 0 : counts.lastEntry().getValue());
            double lower = 0;
            double below = 0;
            for (Map.Entry<Double, Double> bucket : counts.entrySet()) {
                double count = bucket.getValue();
                if (count > 0 && count >= wanted) {
                    double upper = bucket.getKey();
                    return Double.isInfinite(upper)
                            ? lower
                            : lower + (upper - lower) * (wanted - below) / (count - below);
                }
                lower = bucket.getKey();
                below = count;
            }
            return Double.NaN;
        }

        /// The upper bound of the highest bucket that anything is in.
        double max() {
            double all = counts.isEmpty() ? 0 : counts.lastEntry().getValue();
            return counts.entrySet().stream()
                    .filter(bucket -> all > 0 && bucket.getValue() >= all)
                    .mapToDouble(Map.Entry::getKey)
                    .findFirst()
                    .orElse(Double.NaN);
        }
    }
}
