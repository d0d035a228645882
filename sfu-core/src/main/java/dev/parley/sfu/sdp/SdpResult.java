package dev.parley.sfu.sdp;

import java.util.List;

/// What became of a text: a description, or the first line that is wrong and why.
public sealed interface SdpResult {
    /// @param sectionLines the number of each section's `m=` line, for whoever refuses one later
    record Parsed(SessionDescription description, List<Integer> sectionLines) implements SdpResult {
        public Parsed {
            sectionLines = List.copyOf(sectionLines);
        }
    }

    /// @param line counted from 1
    record Refused(int line, String cause) implements SdpResult {}
}
