package dev.parley.sfu.room;

import dev.parley.sfu.api.AnnouncedTrack;
import dev.parley.sfu.api.CloseReason;
import dev.parley.sfu.api.DataDelivery;
import dev.parley.sfu.api.DataMessage;
import dev.parley.sfu.api.DataSent;
import dev.parley.sfu.api.JoinAnswer;
import dev.parley.sfu.api.JoinException;
import dev.parley.sfu.api.JoinRequest;
import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.SfuParticipant;
import dev.parley.sfu.api.SlotReport;
import dev.parley.sfu.api.SlotSections;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.api.Via;
import dev.parley.sfu.api.ViewedTile;
import dev.parley.sfu.api.Watch;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Loop;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.rtp.Codec;
import dev.parley.sfu.rtp.PayloadType;
import dev.parley.sfu.sdp.Candidate;
import dev.parley.sfu.sdp.SdpParser;
import dev.parley.sfu.sdp.SdpResult;
import dev.parley.sfu.session.AnnouncedSection;
import dev.parley.sfu.session.AnswerPolicy;
import dev.parley.sfu.session.Negotiated;
import dev.parley.sfu.session.Negotiation;
import dev.parley.sfu.session.Section;
import dev.parley.sfu.session.Session;
import dev.parley.sfu.session.SessionOutput;
import dev.parley.sfu.session.SessionSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The way into a room, and the handle of whoever is in: each call goes to the loop that it concerns. The answer of a
/// join is given on the room's loop, before any event about the participant.
public final class Entrance implements SfuParticipant {
    private final Room room;
    private final ParticipantId id;
    private final Loop loop;
    private final Limits limits;
    private final Member member;
    private final Session session;

    private Entrance(
            Room room,
            JoinRequest request,
            SessionSettings settings,
            Supplier<List<Candidate>> candidates,
            Function<Session, SessionOutput> outputs) {
        this.room = room;
        this.id = request.participant();
        this.loop = settings.loop();
        this.limits = settings.limits();
        this.session = new Session(
                settings,
                candidates,
                policy(request.via()),
                outputs,
                event -> room.home().post(() -> room().on(member(), event)));
        this.member = new Member(request, loop, session, limits);
    }

    private static AnswerPolicy policy(Via via) {
        AnswerPolicy both = AnswerPolicy.defaults();
        return switch (via) {
            case WEB -> both;
            case WHIP -> both.publishing();
            case WHEP -> both.viewing();
        };
    }

    private Room room() {
        return room;
    }

    private Member member() {
        return member;
    }

    /// Answers the offer and takes the participant in. On the loop of `settings`.
    ///
    /// @param offer the request's, read by `SdpParser` wherever there was time
    /// @param outputs where the datagrams of the new session go
    /// @param answer completed on the room's loop; fails with a `JoinException`, or with a fault of ours
    public static void join(
            Room room,
            JoinRequest request,
            SdpResult offer,
            SessionSettings settings,
            Supplier<List<Candidate>> candidates,
            Function<Session, SessionOutput> outputs,
            CompletableFuture<JoinAnswer> answer) {
        Entrance entrance = new Entrance(room, request, settings, candidates, outputs);
        List<AnnouncedSection> announced = request.announced().stream()
                .map(track -> new AnnouncedSection(track.mid(), track.source()))
                .toList();
        entrance.guarded(answer, session -> {
            switch (session.accept(offer, announced)) {
                case Negotiation.Accepted(String sdp, Negotiated negotiated) -> {
                    List<SlotSections> slots = slots(negotiated);
                    entrance.enter(negotiated, request.announced(), new JoinAnswer(entrance, sdp, slots), answer);
                }
                case Negotiation.Refused refused -> {
                    settings.loop().counters().add(SfuCounter.LIMIT_SDP);
                    answer.completeExceptionally(refusal(refused));
                }
            }
        });
    }

    /// Works on the session; a fault of ours ends this participant, so that nothing half changed is left, and the
    /// answer says so.
    private void guarded(CompletableFuture<?> answer, Consumer<Session> work) {
        try {
            work.accept(session);
        } catch (RuntimeException | Error fault) {
            try {
                session.fail();
            } finally {
                answer.completeExceptionally(fault);
            }
        }
    }

    /// The same for whoever is in already, on the session's loop.
    private <T> CompletionStage<T> whileIn(BiConsumer<Session, CompletableFuture<T>> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.post(() -> guarded(answer, live -> {
            if (live.ended()) {
                answer.completeExceptionally(left());
            } else {
                work.accept(live, answer);
            }
        }));
        return answer;
    }

    private void enter(
            Negotiated negotiated,
            List<AnnouncedTrack> announced,
            JoinAnswer joined,
            CompletableFuture<JoinAnswer> answer) {
        Set<Codec> decodable = decodable(negotiated);
        room.home().post(() -> {
            Set<Codec> beyond = room.undecodable(member, decodable);
            if (beyond.isEmpty()) {
                answer.complete(joined);
                room.add(member, joined.slots(), announced);
            } else {
                answer.completeExceptionally(darkness(beyond));
                close(CloseReason.REMOVED);
            }
        });
    }

    private static Set<Codec> decodable(Negotiated negotiated) {
        return negotiated.sections().stream()
                .filter(Section::weSend)
                .flatMap(section -> section.payloadTypes().stream())
                .map(PayloadType::codec)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static JoinException darkness(Set<Codec> beyond) {
        String codecs = beyond.stream().map(Codec::sdpName).collect(Collectors.joining(", "));
        return new JoinException(
                JoinException.Code.NO_COMMON_CODEC,
                "what this participant sends is " + codecs + ", and none is offered");
    }

    @Override
    public ParticipantId id() {
        return id;
    }

    /// The text is read by whoever calls, so that offers stay in their order and the loop has less to do.
    @Override
    public CompletionStage<String> offer(String sdp) {
        SdpResult offer = SdpParser.parse(sdp, limits);
        return whileIn((live, answer) -> {
            switch (live.accept(offer, List.of())) {
                case Negotiation.Accepted(String text, Negotiated negotiated) -> {
                    List<SlotSections> slots = slots(negotiated);
                    room.home().post(() -> {
                        answer.complete(text);
                        room.resize(member, slots);
                    });
                }
                case Negotiation.Refused refused -> answer.completeExceptionally(refusal(refused));
            }
        });
    }

    @Override
    public CompletionStage<Optional<String>> trickle(String fragment) {
        return whileIn((live, answer) -> {
            switch (live.trickle(fragment)) {
                case Negotiation.Accepted accepted ->
                    answer.complete(Optional.of(accepted.answer()).filter(text -> !text.isEmpty()));
                case Negotiation.Refused refused -> answer.completeExceptionally(refusal(refused));
            }
        });
    }

    private static JoinException left() {
        return new JoinException(JoinException.Code.GONE, "this participant has left");
    }

    @Override
    public void watch(Watch watch) {
        room.home().post(() -> room.watch(member, watch));
    }

    @Override
    public void view(List<ViewedTile> tiles) {
        List<ViewedTile> wanted = List.copyOf(tiles);
        room.home().post(() -> room.view(member, wanted));
    }

    @Override
    public void report(List<SlotReport> reports) {
        List<SlotReport> seen = List.copyOf(reports);
        member.onSession(session -> session.report(seen));
    }

    @Override
    public void muted(TrackSource source, boolean muted) {
        room.home().post(() -> room.muted(member, source, muted));
    }

    /// The publisher's loop lets nothing through from its next packet on, whatever the room's loop is at.
    @Override
    public void hold(TrackSource source, boolean held) {
        member.onSession(live -> live.hold(source, held));
        room.home().post(() -> room.hold(member, source, held));
    }

    @Override
    public void cap(long bps) {
        member.onSession(live -> live.cap(bps));
    }

    @Override
    public void openData(String label, DataDelivery delivery) {
        member.onSession(live -> live.openData(label, delivery));
    }

    @Override
    public void agreedData(int id, String label, DataDelivery delivery) {
        member.onSession(live -> live.agreedData(id, label, delivery));
    }

    @Override
    public void closeData(String label) {
        member.onSession(live -> live.closeData(label));
    }

    @Override
    public CompletionStage<DataSent> send(String label, DataMessage message) {
        CompletableFuture<DataSent> answer = new CompletableFuture<>();
        loop.post(() -> guarded(answer, live -> answer.complete(live.send(label, message))));
        return answer;
    }

    @Override
    public void close(CloseReason reason) {
        member.onSession(live -> live.close(reason));
    }

    private static List<SlotSections> slots(Negotiated negotiated) {
        Map<Integer, SlotSections> slots = new TreeMap<>();
        for (Section section : negotiated.sections()) {
            if (section.weSend() && section.slot() != Section.NO_SLOT) {
                String mid = section.mid().value();
                boolean video = section.kind() == MediaKind.VIDEO;
                slots.merge(
                        section.slot(),
                        new SlotSections(section.slot(), video ? null : mid, video ? mid : null),
                        (a, b) -> new SlotSections(
                                a.slot(),
                                a.audio() == null ? b.audio() : a.audio(),
                                a.video() == null ? b.video() : a.video()));
            }
        }
        return List.copyOf(slots.values());
    }

    private static JoinException refusal(Negotiation.Refused refused) {
        JoinException.Code code = switch (refused.code()) {
            case BAD_SDP -> JoinException.Code.BAD_SDP;
            case BUNDLE_REQUIRED -> JoinException.Code.BUNDLE_REQUIRED;
            case NO_COMMON_CODEC -> JoinException.Code.NO_COMMON_CODEC;
        };
        return new JoinException(code, refused.detail());
    }
}
