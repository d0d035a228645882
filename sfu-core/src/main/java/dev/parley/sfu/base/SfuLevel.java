package dev.parley.sfu.base;

/// Everything of which the core says how much there is now. As with `SfuCounter`, the metric names are an API.
public enum SfuLevel {
    PAUSED_VIDEOS("paused_videos", "Pictures that viewers do not get now because their connection has no room");

    private final String metric;
    private final String help;

    SfuLevel(String metric, String help) {
        this.metric = metric;
        this.help = help;
    }

    /// Without the prefix `parley_`.
    public String metric() {
        return metric;
    }

    public String help() {
        return help;
    }
}
