package dev.parley.bench.synth;

import dev.parley.sfu.api.AnnouncedTrack;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// A way into one room. Callable from any thread.
public interface Door {
    /// Who wants to come in.
    ///
    /// @param announced what the sending sections of the offer carry
    record Visitor(String name, String offer, List<AnnouncedTrack> announced) {}

    /// Somebody who came in.
    ///
    /// @param leave says goodbye by the same door
    record Admitted(String answer, Runnable leave) {}

    CompletionStage<Admitted> enter(Visitor visitor);
}
