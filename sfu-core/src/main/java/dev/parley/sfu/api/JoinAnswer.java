package dev.parley.sfu.api;

import java.util.List;

/// @param slots the receive pool of the offer, paired by the order of its sections
public record JoinAnswer(SfuParticipant participant, String answer, List<SlotSections> slots) {
    public JoinAnswer {
        slots = List.copyOf(slots);
    }
}
