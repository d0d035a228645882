package dev.parley.sfu.rtp.synthetic;

import java.util.ArrayList;
import java.util.List;

/// What was wrong with what a receiver got: all of it counted, the first ones in words.
public final class Problems {
    private static final int SHOWN_MAX = 20;

    private final List<String> shown = new ArrayList<>();
    private long count;

    void add(String problem) {
        count++;
        if (shown.size() < SHOWN_MAX) {
            shown.add(problem);
        }
    }

    public long count() {
        return count;
    }

    public List<String> shown() {
        return shown;
    }
}
