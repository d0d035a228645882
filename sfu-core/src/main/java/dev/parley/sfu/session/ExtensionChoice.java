package dev.parley.sfu.session;

import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.sdp.Extmap;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Chooses header extensions section by section, for one bundle: an id means the same everywhere in it (RFC 9143
/// section 7.1.3), so the first section to use one decides and what contradicts it later is left out.
final class ExtensionChoice {
    private static final int ONE_BYTE_ID_MAX = 14;

    /// What is written anew for each hop.
    private static final Set<ExtensionType> OWN = EnumSet.of(
            ExtensionType.MID, ExtensionType.TRANSPORT_CC, ExtensionType.ABS_SEND_TIME, ExtensionType.ABS_CAPTURE_TIME);

    /// What only a publisher sends, and we read.
    private static final Set<ExtensionType> FROM_PUBLISHERS = EnumSet.of(ExtensionType.RID, ExtensionType.REPAIRED_RID);

    private ExtensionIds all = ExtensionIds.NONE;

    /// One section's part.
    ///
    /// @param extmaps for the answer, as offered but with the directions mirrored
    /// @param ids those usable in the section's own direction
    record Chosen(List<Extmap> extmaps, ExtensionIds ids) {}

    /// @param offererSends the section carries media toward us
    /// @param mixed two-byte headers may be used, so ids above 14 may be
    Chosen choose(List<Extmap> offered, boolean offererSends, boolean mixed) {
        List<Extmap> extmaps = new ArrayList<>(offered.size());
        ExtensionIds ids = ExtensionIds.NONE;
        Set<ExtensionType> taken = EnumSet.noneOf(ExtensionType.class);
        for (Extmap extmap : offered) {
            ExtensionType type = ExtensionType.of(extmap.uri());
            if (type == null
                    || !wanted(type, offererSends)
                    || taken.contains(type)
                    || !fits(type, extmap.id(), mixed)) {
                continue;
            }
            taken.add(type);
            all = all.with(type, extmap.id());
            extmaps.add(new Extmap(extmap.id(), extmap.direction().mirrored(), extmap.uri()));
            boolean usable = offererSends
                    ? extmap.direction().sends()
                    : extmap.direction().receives();
            ids = usable ? ids.with(type, extmap.id()) : ids;
        }
        return new Chosen(extmaps, ids);
    }

    /// Those of all sections so far.
    ExtensionIds all() {
        return all;
    }

    private static boolean wanted(ExtensionType type, boolean offererSends) {
        return type.forwarded() || OWN.contains(type) || (offererSends && FROM_PUBLISHERS.contains(type));
    }

    private boolean fits(ExtensionType type, int id, boolean mixed) {
        boolean writable = id <= ONE_BYTE_ID_MAX || mixed;
        if (!writable || !ExtensionIds.usable(id)) {
            return false;
        }
        ExtensionType meaning = all.type(id);
        return all.has(type) ? all.id(type) == id : meaning == null;
    }
}
