package dev.parley.sfu.base;

/// Everything whose duration the core measures. As with `SfuCounter`, the metric names are an API.
public enum SfuDelay {
    /// As of the turn: every packet that left in it counts with the arrival of the oldest among them.
    FORWARD(
            "forward_delay_seconds",
            "From reading a media packet off the socket until it was sent to a subscriber",
            100_000,
            200_000,
            500_000,
            1_000_000,
            2_000_000,
            5_000_000,
            10_000_000,
            20_000_000,
            50_000_000,
            100_000_000,
            500_000_000),
    PACING(
            "pacing_delay_seconds",
            "How long pictures and repairs waited that the budget of a viewer did not allow at once",
            5_000_000,
            20_000_000,
            50_000_000,
            100_000_000,
            200_000_000,
            500_000_000,
            1_000_000_000,
            2_000_000_000),
    FIRST_FRAME(
            "first_frame_seconds",
            "From a newcomer's first view of a camera or screen that is on until its first key frame was sent",
            50_000_000,
            100_000_000,
            200_000_000,
            400_000_000,
            800_000_000,
            1_600_000_000L,
            3_000_000_000L,
            5_000_000_000L,
            10_000_000_000L);

    private final String metric;
    private final String help;
    private final long[] boundsNs;

    SfuDelay(String metric, String help, long... boundsNs) {
        this.metric = metric;
        this.help = help;
        this.boundsNs = boundsNs;
    }

    /// Without the prefix `parley_`.
    public String metric() {
        return metric;
    }

    public String help() {
        return help;
    }

    /// Upper bounds of the buckets, rising.
    public long[] boundsNs() {
        return boundsNs.clone();
    }
}
