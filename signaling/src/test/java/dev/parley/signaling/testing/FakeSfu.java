package dev.parley.signaling.testing;

import dev.parley.sfu.api.CloseReason;
import dev.parley.sfu.api.DataDelivery;
import dev.parley.sfu.api.DataMessage;
import dev.parley.sfu.api.DataSent;
import dev.parley.sfu.api.JoinAnswer;
import dev.parley.sfu.api.JoinException;
import dev.parley.sfu.api.JoinRequest;
import dev.parley.sfu.api.MediaPath;
import dev.parley.sfu.api.ParticipantId;
import dev.parley.sfu.api.Sfu;
import dev.parley.sfu.api.SfuEvent;
import dev.parley.sfu.api.SfuInfo;
import dev.parley.sfu.api.SfuParticipant;
import dev.parley.sfu.api.SfuRoom;
import dev.parley.sfu.api.SlotReport;
import dev.parley.sfu.api.SlotSections;
import dev.parley.sfu.api.TcpConnection;
import dev.parley.sfu.api.TcpInput;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.api.ViewedTile;
import dev.parley.sfu.api.Watch;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A media engine without media: answers offers by their first line, replaces the same principal as the real one does,
/// and lets a test say what media does. Callable from any thread.
public final class FakeSfu implements Sfu {
    public static final String OFFER = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\n";
    public static final String ANSWER = "v=0\r\ns=the answer\r\n";

    private final int udpPort;
    private final Map<String, Participant> byId = new ConcurrentHashMap<>();
    private final List<Participant> all = new CopyOnWriteArrayList<>();
    private final List<TcpConnection> tcpConnections = new CopyOnWriteArrayList<>();
    private volatile boolean connectAtOnce;
    private volatile boolean closed;

    public FakeSfu(int udpPort) {
        this.udpPort = udpPort;
    }

    /// Media flows as soon as the offer is answered.
    public FakeSfu connectingAtOnce() {
        connectAtOnce = true;
        return this;
    }

    public Participant participant(String id) {
        Participant found = byId.get(id);
        if (found == null) {
            throw new AssertionError("no participant " + id + " in " + byId.keySet());
        }
        return found;
    }

    /// The one who joined last.
    public Participant newest() {
        return all.getLast();
    }

    public long open() {
        return all.stream().filter(p -> p.closedWith == null).count();
    }

    public boolean closed() {
        return closed;
    }

    @Override
    public SfuRoom room(String roomId) {
        return new SfuRoom() {
            @Override
            public String id() {
                return roomId;
            }

            @Override
            public CompletionStage<JoinAnswer> join(JoinRequest request) {
                return answer(roomId, request);
            }
        };
    }

    private CompletionStage<JoinAnswer> answer(String room, JoinRequest request) {
        if (!request.offer().startsWith("v=0")) {
            return CompletableFuture.failedFuture(
                    new JoinException(JoinException.Code.BAD_SDP, "line 1: v=0 is expected"));
        }
        all.stream()
                .filter(p -> p.room.equals(room) && p.request.principal().equals(request.principal()))
                .forEach(p -> p.close(CloseReason.REPLACED));
        Participant participant = new Participant(room, request);
        all.add(participant);
        byId.put(request.participant().value(), participant);
        List<SlotSections> slots = List.of(new SlotSections(0, "4", "5"), new SlotSections(12, "28", null));
        var answered = CompletableFuture.completedFuture(new JoinAnswer(participant, ANSWER, slots));
        if (connectAtOnce) {
            participant.connects();
        }
        return answered;
    }

    /// Listens, and believes nobody to be a participant.
    @Override
    public TcpInput accept(TcpConnection connection) {
        tcpConnections.add(connection);
        return new TcpInput() {
            @Override
            public void bytes(byte[] bytes) {
                connection.more();
            }

            @Override
            public void closed() {
                tcpConnections.remove(connection);
            }
        };
    }

    /// Those that are open.
    public List<TcpConnection> tcpConnections() {
        return tcpConnections;
    }

    @Override
    public SfuInfo info() {
        return new SfuInfo(udpPort, List.of("127.0.0.1"), 1, "fake", 4096, 4096);
    }

    @Override
    public void close() {
        closed = true;
        all.forEach(p -> p.close(CloseReason.SHUTDOWN));
    }

    /// A message that a channel took.
    public record Sent(String label, DataMessage message) {}

    /// One participant, with what was asked of it and what a test makes happen to it.
    public static final class Participant implements SfuParticipant {
        private final String room;
        private final JoinRequest request;
        private final Map<TrackSource, Boolean> muted = new LinkedHashMap<>();
        private final List<List<ViewedTile>> views = new CopyOnWriteArrayList<>();
        private final List<List<SlotReport>> reports = new CopyOnWriteArrayList<>();
        private final List<Long> caps = new CopyOnWriteArrayList<>();
        private final Map<TrackSource, Boolean> held = new LinkedHashMap<>();
        private final List<Watch> watches = new CopyOnWriteArrayList<>();
        private final List<Sent> sent = new CopyOnWriteArrayList<>();
        private volatile DataSent.Result takes = DataSent.Result.QUEUED;
        private volatile @Nullable CloseReason closedWith;

        Participant(String room, JoinRequest request) {
            this.room = room;
            this.request = request;
        }

        public JoinRequest request() {
            return request;
        }

        public Map<TrackSource, Boolean> muted() {
            return muted;
        }

        public List<List<ViewedTile>> views() {
            return views;
        }

        public List<List<SlotReport>> reports() {
            return reports;
        }

        public @Nullable CloseReason closedWith() {
            return closedWith;
        }

        public void says(SfuEvent event) {
            request.events().on(event);
        }

        public void connects() {
            says(new SfuEvent.Connected(id(), MediaPath.UDP));
        }

        public void goesAway() {
            says(new SfuEvent.Away(id()));
        }

        @Override
        public ParticipantId id() {
            return request.participant();
        }

        @Override
        public CompletionStage<String> offer(String sdp) {
            return sdp.startsWith("v=0")
                    ? CompletableFuture.completedFuture(ANSWER)
                    : CompletableFuture.failedFuture(
                            new JoinException(JoinException.Code.BAD_SDP, "line 1: v=0 is expected"));
        }

        @Override
        public CompletionStage<Optional<String>> trickle(String fragment) {
            return CompletableFuture.completedFuture(
                    fragment.contains("ice-ufrag") ? Optional.of("a=ice-lite\r\n") : Optional.empty());
        }

        @Override
        public void watch(Watch watch) {
            watches.add(watch);
        }

        public List<Watch> watches() {
            return watches;
        }

        @Override
        public void view(List<ViewedTile> tiles) {
            views.add(tiles);
        }

        @Override
        public void report(List<SlotReport> slots) {
            reports.add(slots);
        }

        @Override
        public void cap(long bps) {
            caps.add(bps);
        }

        public List<Long> caps() {
            return caps;
        }

        @Override
        public void hold(TrackSource source, boolean now) {
            held.put(source, now);
        }

        public Map<TrackSource, Boolean> held() {
            return held;
        }

        @Override
        public void muted(TrackSource source, boolean now) {
            muted.put(source, now);
        }

        @Override
        public void openData(String label, DataDelivery delivery) {
            says(new SfuEvent.DataOpened(id(), label));
        }

        @Override
        public void agreedData(int id, String label, DataDelivery delivery) {
            opens(label);
        }

        @Override
        public void closeData(String label) {
            says(new SfuEvent.DataClosed(id(), label));
        }

        @Override
        public CompletionStage<DataSent> send(String label, DataMessage message) {
            if (takes == DataSent.Result.QUEUED) {
                sent.add(new Sent(label, message));
            }
            return CompletableFuture.completedFuture(new DataSent(takes, 0));
        }

        /// What went down data channels.
        public List<Sent> sent() {
            return sent;
        }

        /// What becomes of messages from now on.
        public void takes(DataSent.Result result) {
            takes = result;
        }

        public void opens(String label) {
            says(new SfuEvent.DataOpened(id(), label));
        }

        public void sends(String label, String text) {
            says(new SfuEvent.DataReceived(id(), label, true, text.getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public void close(CloseReason reason) {
            if (closedWith == null) {
                closedWith = reason;
                says(new SfuEvent.Closed(id(), reason));
            }
        }
    }
}
