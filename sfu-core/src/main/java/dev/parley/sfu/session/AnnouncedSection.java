package dev.parley.sfu.session;

import dev.parley.sfu.api.TrackSource;
import org.jspecify.annotations.Nullable;

/// What one sending section carries, told beside the offer.
///
/// @param mid of the section
/// @param policy for this section alone; null takes the transport's
public record AnnouncedSection(
        String mid, TrackSource source, @Nullable AnswerPolicy policy) {
    public AnnouncedSection(String mid, TrackSource source) {
        this(mid, source, null);
    }
}
