package dev.parley.sfu.api;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// One participant's handle: it outlives a lost signaling socket and ends with a `SfuEvent.Closed`.
public interface SfuParticipant {
    /// No cap: as much as the line takes.
    long NO_CAP = Long.MAX_VALUE;

    ParticipantId id();

    /// A further offer of the client: a larger pool of slots, another codec, an ICE restart. Answers it, or fails with
    /// a `JoinException` and changes nothing.
    CompletionStage<String> offer(String sdp);

    /// A fragment of the client's side, RFC 8840: candidates, which are not needed, and perhaps credentials; new ones
    /// restart ICE. Answers with our fragment after a restart, else with nothing; or fails as `offer` does.
    CompletionStage<Optional<String>> trickle(String fragment);

    /// Shows this person from now on, and nobody else.
    void watch(Watch watch);

    /// Which pictures this viewer wants, most wanted first; an empty list leaves the choice to the server. Where all of
    /// them are hidden, so is the page: no picture at all is sent.
    void view(List<ViewedTile> tiles);

    /// What the client made of its slots, every other second: what it does not get repairs itself, by `SfuEvent.Heal`
    /// where the client has to help.
    void report(List<SlotReport> reports);

    /// The most that this client wants to be sent of everything together, whatever its line takes; `NO_CAP` for no
    /// limit.
    void cap(long bps);

    /// What the client says of its own track: no media will come for a while. Metadata only, nothing is renegotiated.
    void muted(TrackSource source, boolean muted);

    /// Mutes a source at the server, whatever its client does: nothing of it is forwarded until it is let go, also
    /// after
    /// further offers, and when the same principal comes back to the room. The others see it as muted.
    void hold(TrackSource source, boolean held);

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
