package dev.parley.sfu.room;

import dev.parley.sfu.api.AnnouncedTrack;
import dev.parley.sfu.api.CloseReason;
import dev.parley.sfu.api.JoinAnswer;
import dev.parley.sfu.api.JoinRequest;
import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.SfuEvent;
import dev.parley.sfu.api.SlotSections;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.api.Via;
import dev.parley.sfu.api.ViewedTile;
import dev.parley.sfu.api.Watch;
import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.HandLoop;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.dtls.DtlsCertificate;
import dev.parley.sfu.dtls.DtlsRunner;
import dev.parley.sfu.dtls.HalfOpenHandshakes;
import dev.parley.sfu.media.ContentedPublisher;
import dev.parley.sfu.media.Feeds;
import dev.parley.sfu.media.IncomingTrack;
import dev.parley.sfu.media.TrackFormat;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.sdp.Candidate;
import dev.parley.sfu.sdp.SdpParser;
import dev.parley.sfu.sdp.SdpResult;
import dev.parley.sfu.session.AnswerPolicy;
import dev.parley.sfu.session.Session;
import dev.parley.sfu.session.SessionEvent;
import dev.parley.sfu.session.SessionOutput;
import dev.parley.sfu.session.SessionSettings;
import dev.parley.sfu.srtp.SrtpCipherSuite;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A room on a loop of its own, sessions on another, and no network.
final class RoomRig {
    static final long MS = 1_000_000;
    private static final DtlsCertificate CERTIFICATE = DtlsCertificate.generate(new SecureRandom(), Instant.now());
    private static final List<Candidate> CANDIDATES =
            List.of(new Candidate("1", 1, "udp", 2_130_706_431L, "192.0.2.1", 8443, "host", null));

    final Limits limits = Limits.defaults();
    final HandLoop home = new HandLoop();
    final HandLoop sessions = new HandLoop();
    final SessionSettings settings;
    final Room room;
    int left;
    /// Sessions that are over.
    int ended;
    /// Called for each answer that is made, and when a session becomes known to the edge.
    Runnable atAnswer = () -> {};

    Runnable atUfrag = () -> {};
    private int tracks;

    RoomRig() {
        settings = new SessionSettings(
                sessions,
                0,
                new Feeds(sessions, limits),
                limits,
                Rng.seeded(1),
                CERTIFICATE,
                DtlsRunner.lockStep(new HalfOpenHandshakes(limits.halfOpenHandshakes())),
                SrtpCipherSuite.NULL,
                0);
        room = new Room("room", home, limits, () -> left++);
        home.nowNs(3_600_000 * MS);
    }

    /// Someone in the room whose session tells what a test says.
    final class Person {
        final List<SfuEvent> events = new ArrayList<>();
        final Session session;
        final Member member;

        private Person(String name, String principal, Via via, @Nullable Watch watch) {
            session = new Session(
                    settings,
                    () -> CANDIDATES,
                    AnswerPolicy.defaults(),
                    _ -> new Nowhere(),
                    event -> home.post(() -> room.on(member(), event)));
            JoinRequest request =
                    new JoinRequest(new ParticipantId(name), principal, via, "", List.of(), null, watch, events::add);
            member = new Member(request, sessions, session, limits);
        }

        private Member member() {
            return Objects.requireNonNull(member);
        }

        Person publishes(TrackSource... sources) {
            for (TrackSource source : sources) {
                MediaKind kind = source.video() ? MediaKind.VIDEO : MediaKind.AUDIO;
                IncomingTrack track = new IncomingTrack(
                        "t" + ++tracks,
                        kind,
                        1,
                        new TrackFormat(List.of(), ExtensionIds.NONE),
                        sessions,
                        limits,
                        new ContentedPublisher());
                tell(new SessionEvent.Published(source, track));
            }
            return this;
        }

        /// Packets of these sources come.
        Person sends(TrackSource... sources) {
            for (TrackSource source : sources) {
                Codec codec = source.video() ? Codec.VP8 : Codec.OPUS;
                tell(new SessionEvent.CodecChanged(track(source).track(), codec));
            }
            return this;
        }

        void muted(TrackSource source, boolean muted) {
            home.turn(() -> room.muted(member, source, muted));
            run();
        }

        void speaks(int level) {
            tell(new SessionEvent.Sound(track(TrackSource.MICROPHONE).track(), level));
        }

        /// Goes on speaking, and the room's time with it.
        void talks(int level, long ms) {
            for (long at = 0; at < ms; at += 100) {
                speaks(level);
                pass(100 * MS);
            }
        }

        void views(ViewedTile... tiles) {
            home.turn(() -> room.view(member, List.of(tiles)));
            run();
        }

        void held(TrackSource source, boolean held) {
            home.turn(() -> room.hold(member, source, held));
            run();
        }

        ViewedTile tile() {
            return new ViewedTile(member.id(), TrackSource.CAMERA, 640, 360, false, false);
        }

        ViewedTile hiddenTile() {
            return new ViewedTile(member.id(), TrackSource.CAMERA, 640, 360, false, true);
        }

        /// The slot in which a viewer sees this person's picture, or -1.
        int slotAt(Person viewer, TrackSource source) {
            for (int slot = 0; slot < limits.slotsMax(); slot++) {
                PublishedTrack shown = source.video()
                        ? viewer.slots().video(slot)
                        : viewer.slots().audio(slot);
                if (shown != null && shown == member.track(source)) {
                    return slot;
                }
            }
            return -1;
        }

        boolean seenBy(Person viewer) {
            return slotAt(viewer, TrackSource.CAMERA) >= 0;
        }

        boolean heardBy(Person listener) {
            return slotAt(listener, TrackSource.MICROPHONE) >= 0;
        }

        void leaves() {
            tell(new SessionEvent.Ended(CloseReason.LEFT));
        }

        void tell(SessionEvent event) {
            home.turn(() -> room.on(member, event));
            run();
        }

        PublishedTrack track(TrackSource source) {
            return Objects.requireNonNull(member.track(source));
        }

        <T extends SfuEvent> List<T> told(Class<T> type) {
            return events.stream().filter(type::isInstance).map(type::cast).toList();
        }

        Slots slots() {
            return member.slots();
        }
    }

    private final class Nowhere implements SessionOutput {
        @Override
        public void send(Packet datagram, Flow flow) {
            datagram.release();
        }

        @Override
        public boolean takes(int ssrc, Flow flow) {
            return true;
        }

        @Override
        public void bound(Flow flow) {}

        @Override
        public void unbound(Flow flow) {}

        @Override
        public void ufrag(String localUfrag) {
            atUfrag.run();
        }

        @Override
        public void ended() {
            ended++;
        }
    }

    /// Someone with the page's pool of slots comes in with camera, microphone and screen, the first two on.
    Person joins(String name) {
        Person person = person(name, name).publishes(TrackSource.MICROPHONE, TrackSource.CAMERA);
        person.publishes(TrackSource.SCREEN, TrackSource.SCREEN_AUDIO);
        enter(person, pagePool(limits));
        return person.sends(TrackSource.MICROPHONE, TrackSource.CAMERA);
    }

    Person person(String name, String principal) {
        return new Person(name, principal, Via.WEB, null);
    }

    /// Someone who only watches: one person, or with null whoever there is, in so many slots.
    Person watches(String name, @Nullable Watch watch, int pairs) {
        Person viewer = new Person(name, name, Via.WHEP, watch);
        enter(viewer, pool(pairs, 0));
        return viewer;
    }

    void enter(Person person, List<SlotSections> slots) {
        home.turn(() -> room.add(person.member, slots, List.of()));
        run();
    }

    void run() {
        HandLoop.run(home, sessions);
    }

    void pass(long ns) {
        home.nowNs(home.nowNs() + ns);
        sessions.nowNs(home.nowNs());
        if (room.nextTimeNs() <= home.nowNs()) {
            home.turn(() -> room.onTime(home.nowNs()));
        }
        run();
    }

    CompletableFuture<JoinAnswer> join(String name, String principal, String offer, List<SfuEvent> events) {
        return join(name, principal, offer, List.of(), events);
    }

    CompletableFuture<JoinAnswer> join(
            String name, String principal, String offer, List<AnnouncedTrack> announced, List<SfuEvent> events) {
        return join(new JoinRequest(new ParticipantId(name), principal, Via.WEB, offer, announced, null, events::add));
    }

    /// A viewer's join, by its offer.
    CompletableFuture<JoinAnswer> view(String name, Watch watch, String offer) {
        return join(new JoinRequest(
                new ParticipantId(name), name, Via.WHEP, offer, List.of(), null, watch, new ArrayList<>()::add));
    }

    private List<Candidate> candidates() {
        atAnswer.run();
        return CANDIDATES;
    }

    private CompletableFuture<JoinAnswer> join(JoinRequest request) {
        CompletableFuture<JoinAnswer> answer = new CompletableFuture<>();
        SdpResult offer = SdpParser.parse(request.offer(), limits);
        sessions.post(
                () -> Entrance.join(room, request, offer, settings, this::candidates, _ -> new Nowhere(), answer));
        run();
        return answer;
    }

    static List<SlotSections> pagePool(Limits limits) {
        return pool(limits.tileSlots() + limits.shareSlots(), limits.voiceSlots());
    }

    /// So many slots with picture and sound, then so many with sound alone.
    static List<SlotSections> pool(int pairs, int voices) {
        List<SlotSections> slots = new ArrayList<>();
        for (int i = 0; i < pairs + voices; i++) {
            slots.add(new SlotSections(i, "a" + i, i < pairs ? "v" + i : null));
        }
        return slots;
    }
}
