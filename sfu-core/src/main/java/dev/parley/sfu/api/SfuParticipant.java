package dev.parley.sfu.api;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// One participant's handle: it outlives a lost signaling socket and ends with a `SfuEvent.Closed`.
public interface SfuParticipant {
    ParticipantId id();

    /// A further offer of the client: a larger pool of slots, another codec, an ICE restart. Answers it, or fails with
    /// a `JoinException` and changes nothing.
    CompletionStage<String> offer(String sdp);

    /// A fragment of the client's side, RFC 8840: candidates, which are not needed, and perhaps credentials; new ones
    /// restart ICE. Answers with our fragment after a restart, else with nothing; or fails as `offer` does.
    CompletionStage<Optional<String>> trickle(String fragment);

    /// Shows this person from now on, and nobody else.
    void watch(Watch watch);

    /// Which pictures this viewer wants, most wanted first; an empty list leaves the choice to the server.
    void view(List<ViewedTile> tiles);

    /// What the client made of its slots, every other second: what it does not get repairs itself, by `SfuEvent.Heal`
    /// where the client has to help.
    void report(List<SlotReport> reports);

    /// What the client says of its own track: no media will come for a while. Metadata only, nothing is renegotiated.
    void muted(TrackSource source, boolean muted);

    /// Opens a data channel; `SfuEvent.DataOpened` or `SfuEvent.DataClosed` follows. The client may open its own.
    void openData(String label, DataDelivery delivery);

    /// A data channel whose id both sides know without asking; the same events follow.
    void agreedData(int id, String label, DataDelivery delivery);

    /// Closes the newest data channel of this label when what waits on it has left; `SfuEvent.DataClosed` follows. The
    /// client may close any.
    void closeData(String label);

    /// Sends a message on the newest channel of this label. Messages of one caller stay in order.
    CompletionStage<DataSent> send(String label, DataMessage message);

    /// Ends the transport and tells the others; idempotent.
    void close(CloseReason reason);
}
