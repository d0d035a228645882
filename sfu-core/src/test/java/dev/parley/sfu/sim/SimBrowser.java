package dev.parley.sfu.sim;

import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.SfuEvent;
import dev.parley.sfu.api.SfuParticipant;
import dev.parley.sfu.api.TrackId;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.rtp.Rtp;
import dev.parley.sfu.rtp.synthetic.SyntheticAudio;
import dev.parley.sfu.rtp.synthetic.SyntheticPublisher;
import dev.parley.sfu.rtp.synthetic.SyntheticReceiver;
import dev.parley.sfu.rtp.synthetic.SyntheticStream;
import dev.parley.sfu.rtp.synthetic.SyntheticVideo;
import dev.parley.sfu.session.Negotiated;
import dev.parley.sfu.session.OfferBuilder;
import dev.parley.sfu.session.OfferDialect;
import dev.parley.sfu.session.Section;
import dev.parley.sfu.synthetic.Publishing;
import dev.parley.sfu.synthetic.SyntheticBrowser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A browser in a simulated call: synthetic media behind a simulated client, and each packet that comes is judged by
/// what the server said of the slot. One thread.
final class SimBrowser implements SimClient.Media, SyntheticBrowser.Way, SyntheticReceiver.Watcher {
    /// What a message takes to the page, and the page to do as it says.
    private static final long SIGNALING_NS = 40_000_000;

    private final SimCall call;
    private final int number;
    private final SimClient client;
    private final SyntheticBrowser media;
    private final SlotWitness slots;
    private final SpeechWitness speech = new SpeechWitness();
    private final IndexWitness sent;
    private final IndexWitness received;
    private final List<SfuEvent> events = new ArrayList<>();
    private final Map<Integer, Integer> encodings = new HashMap<>();
    private boolean obedient = true;
    private int negotiations;
    private long connectedNs = Deadlines.NEVER;
    private long firstMediaNs = Deadlines.NEVER;
    private long sentNs;

    SimBrowser(SimCall call, int number, Publishing publishing, OfferDialect dialect, SimClient.Maker maker) {
        this.call = call;
        this.number = number;
        Rng rng = Rng.seeded(call.simulation().nextSeed());
        this.client = maker.make(number, dialect, this);
        this.media = new SyntheticBrowser(
                number, name(), publishing, call.origins(), client.loop().packets(), this, rng);
        this.slots = new SlotWitness(name());
        this.sent = new IndexWitness(name() + " sends");
        this.received = new IndexWitness(name() + " is sent");
        media.receiver().watch(this);
        client.net().tap((datagram, up) -> (up ? sent : received).datagram(datagram));
    }

    String name() {
        return "c" + number;
    }

    int number() {
        return number;
    }

    ParticipantId id() {
        return client.id();
    }

    SimClient client() {
        return client;
    }

    SyntheticReceiver receiver() {
        return media.receiver();
    }

    SyntheticPublisher publisher() {
        return media.publisher();
    }

    SlotWitness slots() {
        return slots;
    }

    SpeechWitness speech() {
        return speech;
    }

    List<SfuEvent> events() {
        return events;
    }

    int negotiations() {
        return negotiations;
    }

    long connectedNs() {
        return connectedNs;
    }

    long firstMediaNs() {
        return firstMediaNs;
    }

    boolean receivesTransportFeedback() {
        return media.receivesTransportFeedback();
    }

    /// RTP and RTCP datagrams that the server sent to this browser.
    long sentToUs() {
        return received.seen();
    }

    int nacksReceived() {
        return media.nacksReceived();
    }

    /// The server's handle of this participant; only after the join was answered.
    SfuParticipant participant() {
        return Objects.requireNonNull(client.participant());
    }

    SyntheticAudio microphone() {
        return media.microphone();
    }

    SyntheticVideo camera() {
        return media.camera();
    }

    /// Everything that was not as it must be.
    List<String> problems() {
        List<String> all = new ArrayList<>(receiver().problems().shown());
        all.addAll(slots.problems());
        all.addAll(sent.problems());
        all.addAll(received.problems());
        return all;
    }

    void join(OfferBuilder offer) {
        client.join(offer.take(), media.announced());
    }

    /// Begins to share a screen: no negotiation, the sender is there already.
    void shareScreen() {
        client.loop().post(() -> {
            media.shareScreen(client.loop().nowNs());
            participant().muted(TrackSource.SCREEN, false);
            client.loop().touched(client);
        });
    }

    void stopScreen() {
        client.loop().post(() -> {
            media.stopScreen();
            participant().muted(TrackSource.SCREEN, true);
        });
    }

    void speak(boolean loud, double seconds) {
        client.loop().post(() -> {
            microphone().speak(loud, client.loop().nowNs(), (long) (seconds * 1e9));
            client.loop().touched(client);
        });
    }

    void mute(boolean muted) {
        client.loop().post(() -> {
            microphone().mute(muted, client.loop().nowNs());
            participant().muted(TrackSource.MICROPHONE, muted);
            client.loop().touched(client);
        });
    }

    /// The slot in which this browser is shown or heard to `viewer`, or -1.
    int slotAt(SimBrowser viewer, TrackSource source) {
        for (Section section : viewer.media.receiving()) {
            boolean video = section.kind() == MediaKind.VIDEO;
            if (video == source.video() && isMine(viewer.slots.in(section.slot(), video), source)) {
                return section.slot();
            }
        }
        return -1;
    }

    private boolean isMine(@Nullable TrackId track, TrackSource source) {
        SimCall.Source known = call.source(track);
        return known != null && known.publisher() == number && known.source() == source;
    }

    /// The SSRC of a half of one of this browser's slots.
    int ssrcOf(int slot, boolean video) {
        for (Section section : media.receiving()) {
            if (section.slot() == slot && (section.kind() == MediaKind.VIDEO) == video) {
                return section.offeredSources().getFirst().ssrc();
            }
        }
        throw new AssertionError(name() + " has no slot " + slot);
    }

    /// Which encoding of this browser's camera `viewer` was sent last, -1 before the first.
    int encodingAt(SimBrowser viewer) {
        int slot = slotAt(viewer, TrackSource.CAMERA);
        return slot < 0 ? -1 : viewer.encodings.getOrDefault(viewer.ssrcOf(slot, true), -1);
    }

    /// From now on it sends what it likes, whatever it is told.
    void disobey() {
        obedient = false;
    }

    Iterable<Section> receivingSections() {
        return media.receiving();
    }

    // ---- from the client ----

    @Override
    public void negotiated(SimClient of, Negotiated negotiated) {
        negotiations++;
        for (Section added : media.negotiated(negotiated)) {
            received.expectNoGaps(added.offeredSources().getFirst().rtxSsrc());
            if (!added.rtx()) {
                received.mayRepeat();
            }
        }
    }

    @Override
    public void connected(long nowNs) {
        connectedNs = nowNs;
        media.connected(nowNs);
    }

    @Override
    public void told(SfuEvent event) {
        if (event instanceof SfuEvent.Layers told && obedient) {
            heed(told);
        } else if (event instanceof SfuEvent.Slots told) {
            slots.told(told, call.simulation().nowNs());
        } else if (event instanceof SfuEvent.Published published) {
            call.published(number, published);
        }
        if (!(event instanceof SfuEvent.Speakers) && !(event instanceof SfuEvent.Slots)) {
            events.add(event);
        }
    }

    private void heed(SfuEvent.Layers told) {
        SimCall.Source source = call.source(told.track());
        call.simulation()
                .at(
                        call.nowNs() + SIGNALING_NS,
                        () -> client.loop().post(() -> {
                            if (source != null) {
                                media.layers(source.source(), told.active());
                                client.loop().touched(client);
                            }
                        }));
    }

    @Override
    public void onRtp(Packet packet, long nowNs, long whenSentNs) {
        firstMediaNs = Math.min(firstMediaNs, nowNs);
        sentNs = whenSentNs;
        call.simulation().trace(packet.array(), 0, Math.min(packet.length(), Rtp.FIXED_HEADER_BYTES));
        media.onRtp(packet, nowNs);
    }

    @Override
    public void arrived(int ssrc, SyntheticStream origin, long counter, boolean repair, long arrivalNs) {
        Section section = Objects.requireNonNull(media.receiving(ssrc));
        TrackId track = call.track(origin.publisher(), TrackSource.values()[origin.source()]);
        if (section.kind() == MediaKind.AUDIO) {
            speech.arrived(origin, counter, arrivalNs);
        }
        if (!repair) {
            encodings.put(ssrc, origin.encoding());
        }
        slots.judge(section.slot(), section.kind() == MediaKind.VIDEO, track, repair, sentNs);
    }

    @Override
    public void copied(SyntheticStream origin, long counter, long arrivalNs) {
        speech.copied(origin, counter, arrivalNs);
    }

    @Override
    public void onRtcp(Packet packet, long nowNs) {
        media.onRtcp(packet, nowNs);
    }

    @Override
    public void lost(byte[] datagram, boolean up) {
        if (up) {
            publisher().lostOnTheWay(datagram);
        } else {
            receiver().lostOnTheWay(datagram);
        }
    }

    @Override
    public void reached(byte[] datagram) {
        publisher().reachedServer(datagram);
    }

    @Override
    public void onTime(long nowNs) {
        media.onTime(nowNs);
    }

    @Override
    public long nextTimeNs() {
        return media.nextTimeNs();
    }

    // ---- from the media ----

    @Override
    public void sendRtp(Packet packet, int headerLength, long index) {
        client.sendRtp(packet, headerLength, index);
    }

    @Override
    public void sendRtcp(Packet packet) {
        client.sendRtcp(packet);
    }
}
