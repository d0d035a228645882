package dev.parley.signaling.testing;

import dev.parley.sfu.api.MediaPath;
import dev.parley.sfu.api.SfuParticipant;
import dev.parley.sfu.api.Via;
import dev.parley.signaling.model.ChatHead;
import dev.parley.signaling.model.DisplayName;
import dev.parley.signaling.model.Refusal;
import dev.parley.signaling.model.RoomName;
import dev.parley.signaling.rooms.DataPort;
import dev.parley.signaling.rooms.JoinCommand;
import dev.parley.signaling.rooms.Joined;
import dev.parley.signaling.rooms.Member;
import dev.parley.signaling.rooms.Reply;
import dev.parley.signaling.rooms.RoomChats;
import dev.parley.signaling.rooms.RoomEvent;
import dev.parley.signaling.rooms.Rooms;
import dev.parley.signaling.rooms.RoomsWatch;
import dev.parley.signaling.rooms.Seat;
import dev.parley.signaling.rooms.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Rooms over a fake engine in virtual time, and people who join them.
public final class RoomScene {
    public final VirtualTimeline time = new VirtualTimeline();
    public final FakeSfu sfu = new FakeSfu(8443);
    public final Figures figures = new Figures();
    public final Chats chats = new Chats();
    /// The data channels of those who opened some, by the ids of their places.
    public final Map<String, Port> ports = new HashMap<>();

    public final Rooms rooms = new Rooms(sfu, time, new CountingTokens(), figures, chats, this::port);

    /// Tokens that a test can tell apart.
    private static final class CountingTokens implements Tokens {
        private int made;

        @Override
        public String make(int characters) {
            return String.format("%0" + characters + "d", ++made);
        }
    }

    /// Data channels: remembers what came and what was told.
    public static final class Port implements DataPort {
        public final Seat seat;
        public final List<String> received = new ArrayList<>();
        public final Map<String, List<RoomEvent>> told = new HashMap<>();

        Port(Seat seat) {
            this.seat = seat;
        }

        @Override
        public void received(String label, boolean text, byte[] bytes) {
            received.add(label + " " + new String(bytes, StandardCharsets.UTF_8));
        }

        @Override
        public void tell(String label, RoomEvent.Spoken event) {
            told.computeIfAbsent(label, _ -> new ArrayList<>()).add(event);
        }

        public List<RoomEvent> chat() {
            return told.getOrDefault(CHAT, List.of());
        }
    }

    private DataPort port(Seat seat, SfuParticipant media) {
        Port port = new Port(seat);
        ports.put(media.id().value(), port);
        return port;
    }

    public Port port(Guest guest) {
        return Objects.requireNonNull(ports.get(guest.id()), "no data channels were opened");
    }

    /// A chat in which nothing is kept: its numbers are the test's.
    public static final class Chats implements RoomChats {
        public final Map<String, Long> last = new HashMap<>();
        public final List<String> ended = new ArrayList<>();

        @Override
        public ChatHead head(String room) {
            return new ChatHead("h_" + room, last.getOrDefault(room, 0L));
        }

        @Override
        public void ended(String room) {
            ended.add(room);
        }
    }

    /// What the rooms measured.
    public static final class Figures implements RoomsWatch {
        public final List<Rung> healed = new ArrayList<>();
        public int rooms;
        public int people;
        public final List<Double> joins = new ArrayList<>();
        public final List<String> limits = new ArrayList<>();

        @Override
        public void rooms(int now) {
            rooms = now;
        }

        @Override
        public void people(Via via, MediaPath path, int change) {
            people += change;
        }

        @Override
        public void joinedIn(double seconds) {
            joins.add(seconds);
        }

        @Override
        public void healed(Rung rung) {
            healed.add(rung);
        }

        @Override
        public void limitHit(String limit) {
            limits.add(limit);
        }
    }

    /// One socket: remembers what it was told.
    public static final class Guest implements Member, Reply<Joined> {
        public final List<RoomEvent> told = new ArrayList<>();
        public @Nullable Joined joined;
        public @Nullable Refusal refusal;
        public @Nullable Ending ending;

        @Override
        public void tell(RoomEvent event) {
            told.add(event);
        }

        @Override
        public void ended(Ending how) {
            ending = how;
        }

        @Override
        public void done(Joined value) {
            joined = value;
        }

        @Override
        public void refused(Refusal why) {
            refusal = why;
        }

        public Joined in() {
            return Objects.requireNonNull(joined, () -> "refused: " + refusal);
        }

        public String id() {
            return in().participant().value();
        }

        public <E extends RoomEvent> List<E> told(Class<E> type) {
            return told.stream().filter(type::isInstance).map(type::cast).toList();
        }
    }

    /// For requests whose reply does not matter.
    public static class Ignored<T> implements Reply<T> {
        @Override
        public void done(T value) {}

        @Override
        public void refused(Refusal refusal) {}
    }

    /// Says how someone joins; what is not said is as for a guest with a browser of their own.
    public static JoinCommand guest(String name) {
        return command("demo", name, null, null, false, FakeSfu.OFFER);
    }

    public static JoinCommand command(
            String room,
            String name,
            @Nullable String device,
            @Nullable String resume,
            boolean replace,
            @Nullable String offer) {
        return new JoinCommand(
                RoomName.of(room),
                DisplayName.of(name),
                Via.WEB,
                device,
                resume,
                replace,
                null,
                offer,
                List.of(),
                null);
    }

    public Guest join(JoinCommand command) {
        Guest guest = new Guest();
        rooms.join(command, guest, guest);
        time.settle();
        return guest;
    }

    /// Joined, and media flows.
    public Guest enter(JoinCommand command) {
        Guest guest = join(command);
        sfu.participant(guest.id()).connects();
        time.pass(Duration.ofMillis(200));
        return guest;
    }

    public Guest enter(String name) {
        return enter(guest(name));
    }

    public FakeSfu.Participant media(Guest guest) {
        return sfu.participant(guest.id());
    }
}
