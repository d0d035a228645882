package dev.parley.sfu.session;

import dev.parley.sfu.api.CloseReason;
import dev.parley.sfu.api.DataDelivery;
import dev.parley.sfu.api.DataMessage;
import dev.parley.sfu.api.DataSent;
import dev.parley.sfu.api.HealRung;
import dev.parley.sfu.api.SlotReport;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.base.Timed;
import dev.parley.sfu.dtls.DtlsFailure;
import dev.parley.sfu.ice.ConsentState;
import dev.parley.sfu.media.Demand;
import dev.parley.sfu.media.IncomingTrack;
import dev.parley.sfu.media.OutgoingTrack;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.sdp.Candidate;
import dev.parley.sfu.sdp.SdpResult;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One participant's transport, composed: bytes and time in, bytes and events out; no socket, no thread, no clock.
/// Everything is called on the session's loop. Events are delivered when the call that caused them has done its own
/// work, so that a listener may call back.
public final class Session extends Timed implements Transport.Listener {
    /// Media that flowed so lately counts as flowing.
    private static final long MEDIA_FLOWS_NS = 2_000_000_000;

    /// Round trips that a handshake ends within while what was asked for at its begin is still good.
    private static final long KEY_FRAMES_AHEAD_NS = 200_000_000;

    private final SessionSettings settings;
    private final SessionListener listener;
    private final SessionOutput output;
    private final Counters counters;
    private final Negotiator negotiator;
    private final ArrayDeque<SessionEvent> events = new ArrayDeque<>();
    private final Runnable deliver = this::deliver;
    private final Set<TrackSource> held = EnumSet.noneOf(TrackSource.class);
    private @Nullable Media media;
    private @Nullable SessionData data;
    private long receivedNs = Long.MIN_VALUE;
    private boolean company;
    private boolean connected;
    private boolean away;
    private boolean ended;
    private boolean delivering;

    /// @param candidates asked for each answer, because addresses come and go
    /// @param output makes what this session's datagrams go to; keeps the session for later, calls nothing on it
    public Session(
            SessionSettings settings,
            Supplier<List<Candidate>> candidates,
            AnswerPolicy policy,
            Function<Session, SessionOutput> output,
            SessionListener listener) {
        this.settings = settings;
        this.output = output.apply(this);
        this.listener = listener;
        this.counters = settings.loop().counters();
        this.negotiator = new Negotiator(settings.negotiation(candidates, policy));
    }

    /// Answers the first or a further offer. A refused one changes nothing.
    ///
    /// @param offer as `SdpParser` read it: the text concerns nobody's media, and need not be read on the loop
    public Negotiation accept(SdpResult offer, List<AnnouncedSection> announced) {
        Negotiation negotiation = negotiator.accept(offer, announced);
        if (negotiation instanceof Negotiation.Accepted accepted && !ended) {
            apply(accepted.negotiated());
            settings.loop().touched(this);
            deliver();
        }
        return negotiation;
    }

    /// Takes a fragment of the client: candidates, and perhaps the credentials of an ICE restart.
    public Negotiation trickle(String fragment) {
        Negotiation negotiation = negotiator.trickle(fragment);
        if (negotiation instanceof Negotiation.Accepted accepted
                && accepted.negotiated().iceRestart()
                && !ended) {
            apply(accepted.negotiated());
            settings.loop().touched(this);
            deliver();
        }
        return negotiation;
    }

    private void apply(Negotiated negotiated) {
        long nowNs = settings.loop().nowNs();
        Media known = media;
        if (known == null) {
            output.ufrag(negotiated.localUfrag());
            known = new Media(this, held, settings, new Transport(settings, negotiated, output, this, nowNs));
            media = known;
            known.company(company);
        } else if (negotiated.iceRestart()) {
            output.ufrag(negotiated.localUfrag());
            known.transport().restart(negotiated, nowNs);
            counters.add(SfuCounter.HEAL_RESTART);
        }
        known.apply(negotiated, nowNs);
        DataSection agreed = negotiated.data();
        if (agreed != null && data == null) {
            data = new SessionData(this, settings, known.transport(), agreed, negotiated.weAreDtlsClient());
        }
    }

    /// A datagram from the edge. Takes it over.
    public void receive(Packet packet, Flow flow, long nowNs) {
        Media known = media;
        if (known != null && !ended) {
            receive(known, packet, flow, nowNs);
            settings.loop().touched(this);
            deliver();
        }
        packet.release();
    }

    private void receive(Media known, Packet packet, Flow flow, long nowNs) {
        Demux.Kind kind = known.transport().receive(packet, flow, nowNs);
        if (kind == Demux.Kind.RTP) {
            receivedNs = nowNs;
            known.publications().onRtp(packet, nowNs);
        } else if (kind == Demux.Kind.RTCP) {
            known.rtcp().read(packet, nowNs);
        }
    }

    /// A connection has ended; another flow may go on.
    public void gone(Flow flow, long nowNs) {
        Media known = media;
        if (known != null && !ended) {
            known.transport().gone(flow, nowNs);
            settings.loop().touched(this);
            deliver();
        }
    }

    /// Changes who is in a slot; null empties the half.
    public void show(int slot, @Nullable IncomingTrack video, @Nullable IncomingTrack audio) {
        Media known = media;
        if (known != null && !ended) {
            known.receptions().show(slot, video, audio, settings.loop().nowNs());
            settings.loop().touched(this);
        }
    }

    /// What the viewer wants of the picture in a slot, from now on and whoever is in it.
    public void demand(int slot, Demand demand) {
        Media known = media;
        if (known != null && !ended) {
            known.receptions().demand(slot, demand);
            settings.loop().touched(this);
        }
    }

    /// What the client says that it made of what it is sent.
    public void report(List<SlotReport> reports) {
        Media known = media;
        if (known != null && !ended) {
            known.healing().report(reports, settings.loop().nowNs());
            settings.loop().touched(this);
            deliver();
        }
    }

    /// Shows who is in a slot from a new beginning.
    public void again(int slot) {
        Media known = media;
        if (known != null && !ended) {
            known.receptions().again(slot, settings.loop().nowNs());
            settings.loop().touched(this);
        }
    }

    /// Whether anybody else is in the room, who may want to see this client at any time.
    public void company(boolean others) {
        company = others;
        Media known = media;
        if (known != null && !ended) {
            known.company(others);
            settings.loop().touched(this);
        }
    }

    /// The client wants to be sent no more than this in all, in bits per second; `Long.MAX_VALUE` for no such wish.
    public void cap(long bps) {
        Media known = media;
        if (known != null && !ended) {
            known.budget().cap(bps, settings.loop().nowNs());
            settings.loop().touched(this);
        }
    }

    /// What the client may be sent in all, in bits per second; `Long.MAX_VALUE` where nothing is known of its line.
    public long estimateBps() {
        Media known = media;
        return known == null || ended
                ? Long.MAX_VALUE
                : known.budget().estimateBps(settings.loop().nowNs());
    }

    /// Lets nothing of a source of this client go to anybody, or lets it go again; also what it will send under another
    /// section.
    public void hold(TrackSource source, boolean nothingGoesOut) {
        if (nothingGoesOut ? held.add(source) : held.remove(source)) {
            Media known = media;
            if (known != null) {
                known.publications().hold(source, nothingGoesOut);
            }
        }
    }

    @Override
    public void onTime(long nowNs) {
        Media known = media;
        if (known == null || ended) {
            return;
        }
        boolean flows =
                nowNs - MEDIA_FLOWS_NS < Math.max(receivedNs, known.sink().sentNs());
        SessionData channels = data;
        known.transport().mediaActive(flows || (channels != null && channels.inUse()));
        known.transport().onTime(nowNs);
        if (!ended) {
            known.onTime(nowNs);
        }
        if (!ended && channels != null) {
            channels.onTime(nowNs);
        }
        deliver();
    }

    /// Whether it is over; nothing that it is asked for changes anything then.
    public boolean ended() {
        return ended;
    }

    @Override
    public long nextTimeNs() {
        Media known = media;
        SessionData channels = data;
        long next = known == null || ended ? Deadlines.NEVER : known.nextTimeNs();
        return channels == null || ended ? next : Math.min(next, channels.nextTimeNs());
    }

    /// Opens a data channel, also before there is a transport for it.
    public void openData(String label, DataDelivery delivery) {
        withData(
                label,
                channels -> channels.open(label, delivery, settings.loop().nowNs()));
    }

    /// The same for a channel whose id both sides know without asking.
    public void agreedData(int id, String label, DataDelivery delivery) {
        withData(
                label,
                channels -> channels.agreed(id, label, delivery, settings.loop().nowNs()));
    }

    public void closeData(String label) {
        withData(label, channels -> channels.close(label, settings.loop().nowNs()));
    }

    private void withData(String label, Consumer<SessionData> action) {
        SessionData channels = data;
        if (channels == null || ended) {
            tell(new SessionEvent.DataClosed(label));
        } else {
            action.accept(channels);
        }
        settings.loop().touched(this);
        deliver();
    }

    /// Sends a message on the newest channel of this label.
    public DataSent send(String label, DataMessage message) {
        SessionData channels = data;
        if (channels == null || ended) {
            return new DataSent(DataSent.Result.CLOSED, 0);
        }
        DataSent sent = channels.send(label, message, settings.loop().nowNs());
        settings.loop().touched(this);
        deliver();
        return sent;
    }

    /// Ends the transport: the client is told by close_notify where keys exist, all that is held is given back.
    public void close(CloseReason reason) {
        if (ended) {
            return;
        }
        ended = true;
        Media known = media;
        try {
            if (known != null) {
                known.close(settings.loop().nowNs());
            }
        } finally {
            settings.loop().forget(this);
            output.ended();
            tell(new SessionEvent.Ended(reason));
            deliver();
        }
    }

    // ---- from the transport ----

    /// Key frames are on their way while the handshake is, unless they would come long before it ends.
    @Override
    public void handshakes() {
        Media known = media;
        if (known != null && known.transport().roundTripNs() < KEY_FRAMES_AHEAD_NS) {
            known.receptions().opensSoon(settings.loop().nowNs());
        }
    }

    @Override
    public void connected(Flow.Protocol protocol) {
        connected = true;
        tell(new SessionEvent.Connected(protocol));
        due();
        Media known = media;
        if (known != null) {
            known.receptions().opened();
            known.transport().replayEarly((packet, flow) -> {
                receive(known, packet, flow, settings.loop().nowNs());
                packet.release();
            });
        }
    }

    @Override
    public void consent(ConsentState state) {
        switch (state) {
            case AWAY, SILENT -> goAway();
            case CONNECTED -> comeBack();
            case CLOSED -> close(CloseReason.LOST);
            case CHECKING -> {}
        }
    }

    @Override
    public void failed(DtlsFailure reason) {
        close(
                reason == DtlsFailure.FINGERPRINT_MISMATCH
                        ? CloseReason.FINGERPRINT_MISMATCH
                        : CloseReason.HANDSHAKE_FAILED);
    }

    @Override
    public void data(byte[] array, int offset, int length) {
        SessionData channels = data;
        if (channels == null) {
            counters.add(SfuCounter.DTLS_DROPPED);
        } else if (!ended) {
            channels.receive(array, offset, length, settings.loop().nowNs());
        }
    }

    @Override
    public void peerClosed() {
        goAway();
    }

    /// A deadline came nearer while something else than this session was at work: a handshake beside the loop, a
    /// track of another's.
    @Override
    public void due() {
        settings.loop().touched(this);
    }

    private void goAway() {
        if (connected && !away) {
            away = true;
            tell(new SessionEvent.Away());
        }
    }

    private void comeBack() {
        Media known = media;
        if (away && known != null) {
            away = false;
            tell(new SessionEvent.Back(known.transport().protocol()));
        }
    }

    // ---- from the tracks ----

    void onUndecodable(OutgoingTrack track, Codec codec) {
        Media known = media;
        IncomingTrack source = track.source();
        if (known != null && source != null) {
            tell(new SessionEvent.Undecodable(known.receptions().slotOf(track), source, codec));
        }
    }

    /// The client gets nothing out of a source.
    void onUnseen(Reception reception, HealRung rung) {
        IncomingTrack source = reception.track().source();
        if (rung == HealRung.KEY_FRAME) {
            reception.track().onKeyFrameRequest(settings.loop().nowNs());
            return;
        }
        if (rung == HealRung.NONE) {
            counters.add(SfuCounter.HEAL_GIVEN_UP);
        }
        if (source != null) {
            tell(new SessionEvent.Unseen(reception.slot(), source, rung));
        }
    }

    void onPublished(TrackSource source, IncomingTrack track) {
        tell(new SessionEvent.Published(source, track));
    }

    void onUnpublished(IncomingTrack track) {
        tell(new SessionEvent.Unpublished(track));
    }

    void tell(SessionEvent event) {
        events.add(event);
        settings.loop().atEndOfTurn(deliver);
    }

    /// A fault of ours while this session was worked on: it ends, nobody else does.
    public void fail() {
        counters.add(SfuCounter.PARTICIPANT_FAILED);
        close(CloseReason.INTERNAL_ERROR);
    }

    /// Delivers what was told; a listener that calls back in adds to the queue, not to the stack.
    void deliver() {
        if (delivering) {
            return;
        }
        delivering = true;
        try {
            for (SessionEvent event = events.poll(); event != null; event = events.poll()) {
                listener.on(event);
            }
        } finally {
            delivering = false;
        }
    }
}
