package dev.parley.bench.synth;

import dev.parley.sfu.api.CloseReason;
import dev.parley.sfu.api.JoinAnswer;
import dev.parley.sfu.api.JoinRequest;
import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.SfuRoom;
import dev.parley.sfu.api.Via;
import java.util.concurrent.CompletionStage;

/// The way into a room of a media engine in this process, without signaling.
public record EngineDoor(SfuRoom room, Via via) implements Door {
    @Override
    public CompletionStage<Admitted> enter(Visitor visitor) {
        JoinRequest request = new JoinRequest(
                new ParticipantId(room.id() + "/" + visitor.name()),
                visitor.name(),
                via,
                visitor.offer(),
                visitor.announced(),
                null,
                _ -> {});
        return room.join(request).thenApply(EngineDoor::admitted);
    }

    private static Admitted admitted(JoinAnswer answer) {
        return new Admitted(answer.answer(), () -> answer.participant().close(CloseReason.LEFT));
    }
}
