package dev.parley.sfu.base;

import org.jspecify.annotations.Nullable;

/// Everything of which the core says how much there is now. Lines that share a metric differ in one label. As with
/// `SfuCounter`, the metric names are an API.
public enum SfuLevel {
    PAUSED_VIDEOS("paused_videos", "Pictures that viewers do not get now because their connection has no room"),
    LINES_TINY("viewer_lines", "below", "200k", "Viewers by what their lines are estimated to carry, in bit/s"),
    LINES_SMALL("viewer_lines", "below", "600k", "Viewers by what their lines are estimated to carry, in bit/s"),
    LINES_MEDIUM("viewer_lines", "below", "2M", "Viewers by what their lines are estimated to carry, in bit/s"),
    LINES_LARGE("viewer_lines", "below", "any", "Viewers by what their lines are estimated to carry, in bit/s");

    private final String metric;
    private final @Nullable String label;
    private final @Nullable String value;
    private final String help;

    SfuLevel(String metric, @Nullable String label, @Nullable String value, String help) {
        this.metric = metric;
        this.label = label;
        this.value = value;
        this.help = help;
    }

    SfuLevel(String metric, String help) {
        this(metric, null, null, help);
    }

    /// Without the prefix `parley_`.
    public String metric() {
        return metric;
    }

    public @Nullable String label() {
        return label;
    }

    public @Nullable String value() {
        return value;
    }

    public String help() {
        return help;
    }
}
