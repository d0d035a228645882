package dev.parley.sfu.session;

import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.MediaKind;
import org.jspecify.annotations.Nullable;

/// What a transport remembers of a media section from one offer to the next. Immutable, so that a refused offer leaves
/// no trace.
///
/// @param kind null for what is neither audio nor video
/// @param live false once either side gave it port 0; the offerer may then use its place for another section
/// @param role what it is for, fixed by the first offer that lets media flow in it
/// @param policy announced for it, null for the transport's own
/// @param slot its number as half of a receive slot
/// @param send what we send with, kept also while it is not used
record KnownSection(
        String mid,
        @Nullable MediaKind kind,
        boolean live,
        Role role,
        @Nullable TrackSource source,
        @Nullable AnswerPolicy policy,
        int slot,
        @Nullable OfferedSource send) {

    /// Media flows one way in our sections.
    enum Role {
        UNDECIDED,
        /// The other side publishes in it.
        PUBLISH,
        /// It is half of a receive slot of the other side.
        SLOT
    }

    static KnownSection fresh(String mid, @Nullable MediaKind kind) {
        return new KnownSection(mid, kind, true, Role.UNDECIDED, null, null, Section.NO_SLOT, null);
    }

    KnownSection publishing(@Nullable TrackSource newSource, @Nullable AnswerPolicy newPolicy) {
        return new KnownSection(mid, kind, live, Role.PUBLISH, newSource, newPolicy, slot, send);
    }

    KnownSection slot(int newSlot, OfferedSource newSend) {
        return new KnownSection(mid, kind, live, Role.SLOT, source, policy, newSlot, newSend);
    }

    KnownSection live(boolean lives) {
        return lives == live ? this : new KnownSection(mid, kind, lives, role, source, policy, slot, send);
    }
}
