package dev.parley.sfu.synthetic;

import dev.parley.sfu.api.AnnouncedTrack;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.PayloadType;
import dev.parley.sfu.rtp.rtcp.RtcpReader;
import dev.parley.sfu.rtp.rtcp.RtcpVisitor;
import dev.parley.sfu.rtp.rtcp.RtcpWriter;
import dev.parley.sfu.rtp.synthetic.Origins;
import dev.parley.sfu.rtp.synthetic.StreamNumbers;
import dev.parley.sfu.rtp.synthetic.SyntheticAudio;
import dev.parley.sfu.rtp.synthetic.SyntheticOutput;
import dev.parley.sfu.rtp.synthetic.SyntheticPublisher;
import dev.parley.sfu.rtp.synthetic.SyntheticReceiver;
import dev.parley.sfu.rtp.synthetic.SyntheticVideo;
import dev.parley.sfu.session.Negotiated;
import dev.parley.sfu.session.OfferedSource;
import dev.parley.sfu.session.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The media of one browser: publishes what its sections let it, receives through slots, and reports about both as
/// browsers do. Plain text and time in, plain text out. One thread.
public final class SyntheticBrowser implements SyntheticOutput {
    private static final int DATAGRAM_BYTES = 1200;
    /// Half of a frame's time is soon enough for NACKs.
    private static final int FEEDBACKS_PER_FRAME = 2;

    private static final long SECOND_NS = 1_000_000_000;
    private static final long TRANSPORT_FEEDBACK_NS = 100_000_000;
    private static final long REPORT_NS = SECOND_NS;

    /// Where packets go: whoever encrypts. Both take the packet over.
    public interface Way {
        void sendRtp(Packet packet, int headerLength, long index);

        void sendRtcp(Packet packet);
    }

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

    private final int number;
    private final Publishing publishing;
    private final Origins origins;
    private final PacketPool packets;
    private final Way way;
    private final Rng rng;
    private final long feedbackNs;
    private final long wallOffsetNs;
    private final SyntheticPublisher publisher = new SyntheticPublisher();
    private final SyntheticReceiver receiver;
    private final Map<Integer, Section> receiving = new HashMap<>();
    private final Map<TrackSource, Section> sending = new HashMap<>();
    private final Map<TrackSource, SyntheticVideo> videos = new HashMap<>();
    private final Map<TrackSource, List<Boolean>> layers = new HashMap<>();
    private final FeedbackCount feedback = new FeedbackCount();
    private @Nullable SyntheticAudio microphone;
    private int transportSequence;
    private long nextFeedbackNs = Deadlines.NEVER;
    private long nextTransportNs = Deadlines.NEVER;
    private long nextReportNs = Deadlines.NEVER;

    /// @param number whose the media is, as its payloads say
    /// @param origins who may be seen and heard; shared by all who may meet
    public SyntheticBrowser(
            int number, String name, Publishing publishing, Origins origins, PacketPool packets, Way way, Rng rng) {
        this.number = number;
        this.publishing = publishing;
        this.origins = origins;
        this.packets = packets;
        this.way = way;
        this.rng = rng;
        this.feedbackNs = SECOND_NS / publishing.framesPerSecond() / FEEDBACKS_PER_FRAME;
        this.wallOffsetNs = rng.below(1 << 30) * SECOND_NS;
        this.receiver = new SyntheticReceiver(name, 1 + rng.below(1 << 30), origins);
    }

    public SyntheticPublisher publisher() {
        return publisher;
    }

    public SyntheticReceiver receiver() {
        return receiver;
    }

    public SyntheticAudio microphone() {
        return Objects.requireNonNull(microphone);
    }

    public SyntheticVideo camera() {
        return Objects.requireNonNull(videos.get(TrackSource.CAMERA));
    }

    /// What comes with the offer of our page: its first sections are the microphone's and the camera's.
    public List<AnnouncedTrack> announced() {
        List<AnnouncedTrack> announced = new ArrayList<>();
        if (publishing.microphone()) {
            announced.add(new AnnouncedTrack("0", TrackSource.MICROPHONE, false));
        }
        if (publishing.camera()) {
            announced.add(new AnnouncedTrack("1", TrackSource.CAMERA, false));
        }
        return announced;
    }

    // ---- sections ----

    /// @return the receiving sections that are new
    public List<Section> negotiated(Negotiated negotiated) {
        List<Section> added = new ArrayList<>();
        for (Section section : negotiated.sections()) {
            if (section.weReceive() && !section.offeredSources().isEmpty()) {
                OfferedSource source = section.offeredSources().getFirst();
                if (receiving.put(source.ssrc(), section) == null) {
                    receiver.addSlot(numbers(section, source.ssrc(), section.rtx() ? source.rtxSsrc() : 0, ""));
                    added.add(section);
                }
            } else if (section.weSend() && section.source() != null) {
                sending.put(section.source(), section);
            }
        }
        return added;
    }

    /// The section that the server sends this SSRC in, or null.
    public @Nullable Section receiving(int ssrc) {
        return receiving.get(ssrc);
    }

    public Iterable<Section> receiving() {
        return receiving.values();
    }

    /// The section that this is sent in.
    public Section sending(TrackSource source) {
        return Objects.requireNonNull(sending.get(source), () -> "the server took no " + source);
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
                red(section),
                type.clockRate(),
                section.extensions(),
                section.mid().value(),
                rid);
    }

    /// Sent when it is the first that the server takes, as browsers do; read whenever it was agreed on.
    private static int red(Section section) {
        List<PayloadType> types = section.payloadTypes();
        for (PayloadType type : section.weSend() ? types.subList(0, 1) : types) {
            if (type.codec() == Codec.RED) {
                return type.number();
            }
        }
        return StreamNumbers.NO_RED;
    }

    // ---- what is published ----

    /// Keys exist: media and reports begin.
    public void connected(long nowNs) {
        nextFeedbackNs = nowNs;
        nextTransportNs = nowNs;
        nextReportNs = nowNs + rng.below((int) REPORT_NS);
        if (publishing.microphone()) {
            publishMicrophone(nowNs + rng.below(20_000_000));
        }
        if (publishing.camera()) {
            publishCamera(nowNs + rng.below(33_000_000));
        }
        origins.add(publisher);
    }

    private void publishMicrophone(long startNs) {
        StreamNumbers numbers = numbers(sending(TrackSource.MICROPHONE), 0);
        SyntheticAudio audio =
                new SyntheticAudio(number, TrackSource.MICROPHONE.ordinal(), numbers, this, rng, startNs);
        if (!publishing.speaks()) {
            audio.speak(false, startNs, Long.MAX_VALUE / 4);
        }
        microphone = audio;
        publisher.add(audio);
    }

    private void publishCamera(long startNs) {
        Section section = sending(TrackSource.CAMERA);
        int encodings = Math.max(1, section.rids().size());
        int first = publishing.frameBytes().length - encodings;
        List<SyntheticVideo.Layer> layers = new ArrayList<>();
        for (int i = 0; i < encodings; i++) {
            int scale = first + i;
            layers.add(new SyntheticVideo.Layer(
                    numbers(section, i), 320 << scale, 180 << scale, publishing.frameBytes()[scale]));
        }
        SyntheticVideo camera = new SyntheticVideo(
                number, TrackSource.CAMERA.ordinal(), layers, publishing.framesPerSecond(), this, rng, startNs);
        for (int i = 0; i < encodings; i++) {
            boolean active = (publishing.active() & 1 << (first + i)) != 0;
            camera.active(i, told(TrackSource.CAMERA, i, active));
        }
        videos.put(TrackSource.CAMERA, camera);
        publisher.add(camera);
    }

    /// Sends these encodings of a source from now on, as our page does when it is told so.
    public void layers(TrackSource source, List<Boolean> active) {
        layers.put(source, active);
        SyntheticVideo video = videos.get(source);
        for (int i = 0; video != null && i < active.size(); i++) {
            video.active(i, active.get(i));
        }
    }

    private boolean told(TrackSource source, int encoding, boolean untilTold) {
        List<Boolean> active = layers.get(source);
        return active == null ? untilTold : active.get(encoding);
    }

    /// Begins to share a screen: no negotiation, the sender is there already.
    public void shareScreen(long nowNs) {
        StreamNumbers numbers = numbers(sending(TrackSource.SCREEN), 0);
        List<SyntheticVideo.Layer> layers = List.of(new SyntheticVideo.Layer(numbers, 1280, 720, 6000));
        SyntheticVideo screen = new SyntheticVideo(number, TrackSource.SCREEN.ordinal(), layers, 10, this, rng, nowNs);
        screen.active(0, told(TrackSource.SCREEN, 0, true));
        videos.put(TrackSource.SCREEN, screen);
        publisher.add(screen);
        origins.add(publisher);
    }

    public void stopScreen() {
        Objects.requireNonNull(videos.get(TrackSource.SCREEN)).active(0, false);
    }

    // ---- what is received ----

    /// Plain text.
    public void onRtp(Packet packet, long nowNs) {
        receiver.receive(packet, nowNs);
    }

    public void onRtcp(Packet packet, long nowNs) {
        receiver.receiveRtcp(packet, nowNs);
        RtcpReader.read(packet, publisher);
        RtcpReader.read(packet, feedback);
    }

    /// Both of what a publisher's estimator lives on have come.
    public boolean receivesTransportFeedback() {
        return feedback.transportWide > 0 && feedback.reports > 0;
    }

    public int nacksReceived() {
        return feedback.nacks;
    }

    // ---- time ----

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

    private void report(Consumer<RtcpWriter> what) {
        RtcpWriter writer = new RtcpWriter(packets.take(), DATAGRAM_BYTES);
        what.accept(writer);
        if (writer.length() == 0) {
            writer.target().release();
        } else {
            way.sendRtcp(writer.target());
        }
    }

    public long nextTimeNs() {
        long own = Math.min(nextFeedbackNs, Math.min(nextTransportNs, nextReportNs));
        return Math.min(own, publisher.nextTimeNs());
    }

    // ---- from what is published ----

    @Override
    public Packet packet() {
        return packets.take();
    }

    @Override
    public void send(Packet rtp, int headerLength, long index) {
        way.sendRtp(rtp, headerLength, index);
    }

    @Override
    public int nextTransportSequence() {
        return transportSequence++ & 0xffff;
    }
}
