package dev.parley.sfu.api;

import java.util.concurrent.CompletionStage;

/// One room of the engine. Whoever joined is in it until `SfuParticipant.close` or until the transport is lost and
/// the place was given up.
public interface SfuRoom {
    String id();

    /// Answers the offer and takes the participant in. Fails with a `JoinException` that names the cause.
    CompletionStage<JoinAnswer> join(JoinRequest request);
}
