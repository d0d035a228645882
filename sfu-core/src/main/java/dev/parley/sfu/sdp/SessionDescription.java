package dev.parley.sfu.sdp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One offer or answer. A direction given for the whole session has been handed down to the sections.
public record SessionDescription(
        Origin origin,
        List<Group> groups,
        boolean iceLite,
        boolean extmapAllowMixed,
        TransportLines transport,
        List<MediaSection> sections) {
    public SessionDescription {
        groups = List.copyOf(groups);
        sections = List.copyOf(sections);
    }

    /// The first BUNDLE group, or null.
    public @Nullable Group bundle() {
        for (Group group : groups) {
            if (group.semantics().equals(Group.BUNDLE)) {
                return group;
            }
        }
        return null;
    }
}
