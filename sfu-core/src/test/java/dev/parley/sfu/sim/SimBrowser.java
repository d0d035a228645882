package dev.parley.sfu.sim;

import dev.parley.sfu.api.AnnouncedTrack;
import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.SfuEvent;
import dev.parley.sfu.api.SfuParticipant;
import dev.parley.sfu.api.TrackId;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.PayloadType;
import dev.parley.sfu.rtp.Rtp;
import dev.parley.sfu.rtp.rtcp.RtcpReader;
import dev.parley.sfu.rtp.rtcp.RtcpVisitor;
import dev.parley.sfu.rtp.rtcp.RtcpWriter;
import dev.parley.sfu.rtp.synthetic.StreamNumbers;
import dev.parley.sfu.rtp.synthetic.SyntheticAudio;
import dev.parley.sfu.rtp.synthetic.SyntheticOutput;
import dev.parley.sfu.rtp.synthetic.SyntheticPublisher;
import dev.parley.sfu.rtp.synthetic.SyntheticReceiver;
import dev.parley.sfu.rtp.synthetic.SyntheticStream;
import dev.parley.sfu.rtp.synthetic.SyntheticVideo;
import dev.parley.sfu.session.Negotiated;
import dev.parley.sfu.session.OfferBuilder;
import dev.parley.sfu.session.OfferDialect;
import dev.parley.sfu.session.OfferedSource;
import dev.parley.sfu.session.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A browser in a simulated call: publishes as our page does, receives through slots, and reports about both as
/// browsers do. Each packet that comes is judged by what the server said of the slot. One thread.
final class SimBrowser implements SimClient.Media, SyntheticOutput, SyntheticReceiver.Watcher {
    private static final int DATAGRAM_BYTES = 1200;
    /// Half of a frame's time is soon enough for NACKs.
    private static final int FEEDBACKS_PER_FRAME = 2;

    private static final long TRANSPORT_FEEDBACK_NS = 100_000_000;
    private static final long REPORT_NS = 1_000_000_000;

    private final SimCall call;
    private final int number;
    private final Publishing publishing;
    private final Rng rng;
    private final long feedbackNs;
    private final long wallOffsetNs;
    private final SimClient client;
    private final SyntheticPublisher publisher = new SyntheticPublisher();
    private final SyntheticReceiver receiver;
    private final SlotWitness slots;
    private final IndexWitness sent;
    private final IndexWitness received;
    private final Map<Integer, Section> receiving = new HashMap<>();
    private final Map<TrackSource, Section> sending = new HashMap<>();
    private final Map<TrackSource, SyntheticVideo> videos = new HashMap<>();
    private final List<SfuEvent> events = new ArrayList<>();
    private final FeedbackCount feedback = new FeedbackCount();
    private @Nullable SyntheticAudio microphone;
    private int negotiations;
    private int transportSequence;
    private long connectedNs = Deadlines.NEVER;
    private long firstMediaNs = Deadlines.NEVER;
    private long nextFeedbackNs = Deadlines.NEVER;
    private long nextTransportNs = Deadlines.NEVER;
    private long nextReportNs = Deadlines.NEVER;
    private long sentNs;

    /// What the server says of what this browser publishes.
    private static final class FeedbackCount implements RtcpVisitor {
        private int transportWide;
        private int nacks;
        private int reports;

        @Override
        public void transportFeedback(int mediaSsrc, Packet packet, int at, int length) {
            transportWide++;
        }

        @Override
        public void nack(int senderSsrc, int mediaSsrc, int pid, int blp) {
            nacks++;
        }

        @Override
        public void reportBlock(
                int senderSsrc, int mediaSsrc, int lost, int lostInAll, int highest, int jitter, int lsr, int dlsr) {
            reports++;
        }
    }

    SimBrowser(SimCall call, int number, Publishing publishing, OfferDialect dialect, SimClient.Maker maker) {
        this.call = call;
        this.number = number;
        this.publishing = publishing;
        this.rng = Rng.seeded(call.simulation().nextSeed());
        this.feedbackNs = SimCall.SECOND_NS / publishing.framesPerSecond() / FEEDBACKS_PER_FRAME;
        this.wallOffsetNs = rng.below(1 << 30) * 1_000_000_000L;
        this.client = maker.make(number, dialect, this);
        this.receiver = new SyntheticReceiver(name(), 1 + rng.below(1 << 30), call.origins());
        this.slots = new SlotWitness(name());
        this.sent = new IndexWitness(name() + " sends");
        this.received = new IndexWitness(name() + " is sent");
        receiver.watch(this);
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
        return receiver;
    }

    SyntheticPublisher publisher() {
        return publisher;
    }

    SlotWitness slots() {
        return slots;
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
        return feedback.transportWide > 0 && feedback.reports > 0;
    }

    /// RTP and RTCP datagrams that the server sent to this browser.
    long sentToUs() {
        return received.seen();
    }

    int nacksReceived() {
        return feedback.nacks;
    }

    /// The server's handle of this participant; only after the join was answered.
    SfuParticipant participant() {
        return Objects.requireNonNull(client.participant());
    }

    SyntheticAudio microphone() {
        return Objects.requireNonNull(microphone);
    }

    SyntheticVideo camera() {
        return Objects.requireNonNull(videos.get(TrackSource.CAMERA));
    }

    /// Everything that was not as it must be.
    List<String> problems() {
        List<String> all = new ArrayList<>(receiver.problems().shown());
        all.addAll(slots.problems());
        all.addAll(sent.problems());
        all.addAll(received.problems());
        return all;
    }

    void join(OfferBuilder offer) {
        List<AnnouncedTrack> announced = new ArrayList<>();
        if (publishing.microphone()) {
            announced.add(new AnnouncedTrack("0", TrackSource.MICROPHONE, false));
        }
        if (publishing.camera()) {
            announced.add(new AnnouncedTrack("1", TrackSource.CAMERA, false));
        }
        client.join(offer.take(), announced);
    }

    /// Begins to share a screen: no negotiation, the sender is there already.
    void shareScreen() {
        client.loop().post(() -> {
            Section section = Objects.requireNonNull(sending.get(TrackSource.SCREEN));
            List<SyntheticVideo.Layer> layers = List.of(new SyntheticVideo.Layer(numbers(section, 0), 1280, 720, 6000));
            SyntheticVideo screen = new SyntheticVideo(
                    number,
                    TrackSource.SCREEN.ordinal(),
                    layers,
                    10,
                    this,
                    rng,
                    client.loop().nowNs());
            videos.put(TrackSource.SCREEN, screen);
            publisher.add(screen);
            call.origins().add(publisher);
            participant().muted(TrackSource.SCREEN, false);
            client.loop().touched(client);
        });
    }

    void stopScreen() {
        client.loop().post(() -> {
            Objects.requireNonNull(videos.get(TrackSource.SCREEN)).active(0, false);
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
        for (Section section : viewer.receiving.values()) {
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
        for (Section section : receiving.values()) {
            if (section.slot() == slot && (section.kind() == MediaKind.VIDEO) == video) {
                return section.offeredSources().getFirst().ssrc();
            }
        }
        throw new AssertionError(name() + " has no slot " + slot);
    }

    Iterable<Section> receivingSections() {
        return receiving.values();
    }

    // ---- from the client ----

    @Override
    public void negotiated(SimClient of, Negotiated negotiated) {
        negotiations++;
        for (Section section : negotiated.sections()) {
            if (section.weReceive() && !section.offeredSources().isEmpty()) {
                receive(section, section.offeredSources().getFirst());
            } else if (section.weSend() && section.source() != null) {
                sending.put(section.source(), section);
            }
        }
    }

    private void receive(Section section, OfferedSource source) {
        if (receiving.put(source.ssrc(), section) == null) {
            receiver.addSlot(numbers(section, source.ssrc(), section.rtx() ? source.rtxSsrc() : 0, ""));
            received.expectNoGaps(source.rtxSsrc());
            if (!section.rtx()) {
                received.mayRepeat();
            }
        }
    }

    private static StreamNumbers numbers(Section section, int encoding) {
        OfferedSource source = section.sendSources().get(encoding);
        String rid = section.rids().isEmpty() ? "" : section.rids().get(encoding);
        return numbers(section, source.ssrc(), section.rtx() ? source.rtxSsrc() : 0, rid);
    }

    private static StreamNumbers numbers(Section section, int ssrc, int rtxSsrc, String rid) {
        Codec codec = section.kind() == MediaKind.VIDEO ? Codec.VP8 : Codec.OPUS;
        PayloadType type = section.payloadTypes().stream()
                .filter(t -> t.codec() == codec)
                .findFirst()
                .orElseThrow();
        return new StreamNumbers(
                ssrc,
                rtxSsrc,
                type.number(),
                type.rtxNumber(),
                type.clockRate(),
                section.extensions(),
                section.mid().value(),
                rid);
    }

    @Override
    public void connected(long nowNs) {
        connectedNs = nowNs;
        nextFeedbackNs = nowNs;
        nextTransportNs = nowNs;
        nextReportNs = nowNs + rng.below((int) REPORT_NS);
        if (publishing.microphone()) {
            publishMicrophone(nowNs + rng.below(20_000_000));
        }
        if (publishing.camera()) {
            publishCamera(nowNs + rng.below(33_000_000));
        }
        call.origins().add(publisher);
    }

    private void publishMicrophone(long startNs) {
        StreamNumbers numbers = numbers(Objects.requireNonNull(sending.get(TrackSource.MICROPHONE)), 0);
        SyntheticAudio audio =
                new SyntheticAudio(number, TrackSource.MICROPHONE.ordinal(), numbers, this, rng, startNs);
        if (!publishing.speaks()) {
            audio.speak(false, startNs, Long.MAX_VALUE / 4);
        }
        microphone = audio;
        publisher.add(audio);
    }

    private void publishCamera(long startNs) {
        Section section = Objects.requireNonNull(sending.get(TrackSource.CAMERA));
        List<SyntheticVideo.Layer> layers = new ArrayList<>();
        for (int i = 0; i < section.rids().size(); i++) {
            layers.add(new SyntheticVideo.Layer(
                    numbers(section, i), 320 << i, 180 << i, publishing.frameBytes()[i]));
        }
        SyntheticVideo camera = new SyntheticVideo(
                number, TrackSource.CAMERA.ordinal(), layers, publishing.framesPerSecond(), this, rng, startNs);
        for (int i = 0; i < layers.size(); i++) {
            camera.active(i, (publishing.active() & 1 << i) != 0);
        }
        videos.put(TrackSource.CAMERA, camera);
        publisher.add(camera);
    }

    @Override
    public void told(SfuEvent event) {
        if (event instanceof SfuEvent.Slots told) {
            slots.told(told, call.simulation().nowNs());
        } else if (event instanceof SfuEvent.Published published) {
            call.published(number, published);
        }
        if (!(event instanceof SfuEvent.Speakers) && !(event instanceof SfuEvent.Slots)) {
            events.add(event);
        }
    }

    @Override
    public void onRtp(Packet packet, long nowNs, long whenSentNs) {
        firstMediaNs = Math.min(firstMediaNs, nowNs);
        sentNs = whenSentNs;
        call.simulation().trace(packet.array(), 0, Math.min(packet.length(), Rtp.FIXED_HEADER_BYTES));
        receiver.receive(packet, nowNs);
    }

    @Override
    public void arrived(int ssrc, SyntheticStream origin, boolean repair) {
        Section section = Objects.requireNonNull(receiving.get(ssrc));
        TrackId track = call.track(origin.publisher(), TrackSource.values()[origin.source()]);
        slots.judge(section.slot(), section.kind() == MediaKind.VIDEO, track, repair, sentNs);
    }

    @Override
    public void onRtcp(Packet packet, long nowNs) {
        receiver.receiveRtcp(packet, nowNs);
        RtcpReader.read(packet, publisher);
        RtcpReader.read(packet, feedback);
    }

    @Override
    public void lost(byte[] datagram, boolean up) {
        if (up) {
            publisher.lostOnTheWay(datagram);
        } else {
            receiver.lostOnTheWay(datagram);
        }
    }

    @Override
    public void reached(byte[] datagram) {
        publisher.reachedServer(datagram);
    }

    @Override
    public void onTime(long nowNs) {
        publisher.onTime(nowNs);
        if (nowNs >= nextFeedbackNs) {
            nextFeedbackNs = nowNs + feedbackNs;
            report(writer -> receiver.feedback(writer, nowNs));
        }
        if (nowNs >= nextTransportNs) {
            nextTransportNs = nowNs + TRANSPORT_FEEDBACK_NS;
            report(receiver::transportFeedback);
        }
        if (nowNs >= nextReportNs) {
            nextReportNs = nowNs + REPORT_NS;
            report(writer -> publisher.senderReports(writer, nowNs, wallOffsetNs));
            report(writer -> receiver.receiverReport(writer, nowNs));
        }
    }

    private void report(java.util.function.Consumer<RtcpWriter> what) {
        RtcpWriter writer = new RtcpWriter(client.loop().packets().take(), DATAGRAM_BYTES);
        what.accept(writer);
        if (writer.length() == 0) {
            writer.target().release();
        } else {
            client.sendRtcp(writer.target());
        }
    }

    @Override
    public long nextTimeNs() {
        long own = Math.min(nextFeedbackNs, Math.min(nextTransportNs, nextReportNs));
        return Math.min(own, publisher.nextTimeNs());
    }

    // ---- from what is published ----

    @Override
    public Packet packet() {
        return client.loop().packets().take();
    }

    @Override
    public void send(Packet rtp, int headerLength, long index) {
        client.sendRtp(rtp, headerLength, index);
    }

    @Override
    public int nextTransportSequence() {
        return transportSequence++ & 0xffff;
    }
}
