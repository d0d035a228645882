package dev.parley.bench.report;

import java.util.Arrays;

/// Measured values, of which quantiles are told by nearest rank. Not thread-safe.
public final class Figures {
    private double[] values = new double[256];
    private int size;
    private boolean sorted = true;

    public void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
        sorted = false;
    }

    public int size() {
        return size;
    }

    /// @param share 0 the least, 1 the greatest
    /// @return NaN when nothing was measured
    public double quantile(double share) {
        if (size == 0) {
            return Double.NaN;
        }
        if (!sorted) {
            Arrays.sort(values, 0, size);
            sorted = true;
        }
        return values[Math.clamp((int) Math.ceil(size * share) - 1L, 0, size - 1)];
    }

    public double median() {
        return quantile(0.5);
    }
}
