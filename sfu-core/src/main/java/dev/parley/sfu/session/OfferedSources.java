package dev.parley.sfu.session;

import dev.parley.sfu.sdp.MediaSection;
import dev.parley.sfu.sdp.SsrcGroup;
import dev.parley.sfu.sdp.SsrcLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads `a=ssrc` and `a=ssrc-group` as sources with their retransmissions.
final class OfferedSources {
    /// Groups whose second source repairs the first: RFC 4588 section 8.7, RFC 8627 section 5.1.2.
    private static final Set<String> REPAIRS = Set.of(SsrcGroup.FID, "FEC-FR");

    private OfferedSources() {}

    static List<OfferedSource> of(MediaSection section) {
        Map<Integer, Integer> rtxOf = new HashMap<>();
        Set<Integer> repairs = new HashSet<>();
        for (SsrcGroup group : section.ssrcGroups()) {
            if (group.ssrcs().size() == 2 && REPAIRS.contains(group.semantics())) {
                repairs.add(group.ssrcs().get(1));
                if (group.semantics().equals(SsrcGroup.FID)) {
                    rtxOf.putIfAbsent(group.ssrcs().get(0), group.ssrcs().get(1));
                }
            }
        }
        List<OfferedSource> sources = new ArrayList<>();
        for (SsrcLine line : section.ssrcs()) {
            if (!repairs.contains(line.ssrc()) && line.ssrc() != 0) {
                sources.add(new OfferedSource(line.ssrc(), rtxOf.getOrDefault(line.ssrc(), 0)));
            }
        }
        return sources;
    }
}
