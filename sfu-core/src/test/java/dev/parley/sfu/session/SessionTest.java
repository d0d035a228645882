package dev.parley.sfu.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.api.CloseReason;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.HandLoop;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.dtls.DtlsCertificate;
import dev.parley.sfu.dtls.DtlsRunner;
import dev.parley.sfu.dtls.HalfOpenHandshakes;
import dev.parley.sfu.media.Feeds;
import dev.parley.sfu.sdp.SdpParser;
import dev.parley.sfu.sdp.SdpResult;
import dev.parley.sfu.srtp.SrtpCipherSuite;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class SessionTest {
    private static final DtlsCertificate CERTIFICATE = DtlsCertificate.generate(new SecureRandom(), Instant.now());
    private static final Flow STRANGER = Flow.udp(address("192.0.2.1", 8443), address("203.0.113.66", 6666));

    private final Limits limits = Limits.defaults();
    private final HandLoop loop = new HandLoop();
    private final List<SessionEvent> events = new ArrayList<>();
    private final List<String> output = new ArrayList<>();
    private final Session session = session(events::add);

    private Session session(SessionListener listener) {
        return new Session(
                new SessionSettings(
                        loop,
                        0,
                        new Feeds(loop, limits),
                        limits,
                        Rng.seeded(1),
                        CERTIFICATE,
                        DtlsRunner.lockStep(new HalfOpenHandshakes(1)),
                        SrtpCipherSuite.NULL,
                        0),
                () -> List.of(Peers.UDP),
                AnswerPolicy.defaults(),
                _ -> new Output(),
                listener);
    }

    private static InetSocketAddress address(String host, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }

    private final class Output implements SessionOutput {
        @Override
        public void send(Packet datagram, Flow flow) {
            output.add("send " + datagram.length());
            datagram.release();
        }

        @Override
        public boolean takes(int ssrc, Flow flow) {
            return true;
        }

        @Override
        public void bound(Flow flow) {
            output.add("bound");
        }

        @Override
        public void unbound(Flow flow) {
            output.add("unbound");
        }

        @Override
        public void ufrag(String localUfrag) {
            output.add("ufrag");
        }

        @Override
        public void ended() {
            output.add("ended");
        }
    }

    @AfterEach
    void everyPacketIsBack() {
        assertThat(loop.packets().outstanding()).isZero();
    }

    private void accept(Session answering) {
        SdpResult offer = SdpParser.parse(Offers.of(Offers.video("v", "sendonly")), limits);
        loop.turn(() -> Peers.accepted(answering.accept(offer, List.of())));
    }

    private void accept() {
        accept(session);
    }

    private void receive(byte[] datagram) {
        Packet packet = loop.packets().take(datagram);
        loop.turn(() -> session.receive(packet, STRANGER, loop.nowNs()));
    }

    @Test
    void anOfferGivesItsFragmentAndItsPublications() {
        accept();
        assertThat(output).containsExactly("ufrag");
        assertThat(events).singleElement().isInstanceOf(SessionEvent.Published.class);
        assertThat(loop.takeTouched(session)).isTrue();
        assertThat(session.nextTimeNs()).isLessThan(Deadlines.NEVER);
    }

    private void offered(String... sections) {
        SdpResult offer = SdpParser.parse(Offers.of(sections), limits);
        loop.turn(() -> Peers.accepted(session.accept(offer, List.of())));
    }

    @Test
    void aSectionWhosePlaceAnotherHasPublishesNothingAnyMore() {
        String microphone = Offers.audio("a", "sendonly");
        String camera = Offers.video("v", "sendonly");
        offered(microphone, camera);
        offered(microphone, camera.replace("m=video 9", "m=video 0"));
        assertThat(events).as("it may come back").hasSize(2);
        offered(microphone, Offers.video("w", "sendonly"));
        SessionEvent.Published first = (SessionEvent.Published) events.get(1);
        assertThat(events.subList(2, 4))
                .satisfiesExactly(
                        event -> assertThat(event).isEqualTo(new SessionEvent.Unpublished(first.track())),
                        event -> assertThat(event).isInstanceOf(SessionEvent.Published.class));
        assertThat(((SessionEvent.Published) events.get(3)).source()).isEqualTo(TrackSource.CAMERA);
    }

    /// A handshake runs beside the loop: what it comes to is no answer to a packet.
    @Test
    void whatComesToPassBetweenPacketsIsToldInItsTurn() {
        accept();
        loop.takeTouched(session);
        loop.turn(() -> {
            session.connected(Flow.Protocol.UDP);
            assertThat(events).as("not in the middle").hasSize(1);
        });
        assertThat(events).last().isEqualTo(new SessionEvent.Connected(Flow.Protocol.UDP));
        assertThat(loop.takeTouched(session)).isTrue();
    }

    @Test
    void endsOnce() {
        accept();
        loop.turn(() -> session.close(CloseReason.LEFT));
        loop.turn(() -> session.close(CloseReason.REMOVED));
        loop.turn(session::fail);
        assertThat(events)
                .filteredOn(SessionEvent.Ended.class::isInstance)
                .containsExactly(new SessionEvent.Ended(CloseReason.LEFT));
        assertThat(output).filteredOn("ended"::equals).hasSize(1);
        assertThat(session.nextTimeNs()).isEqualTo(Deadlines.NEVER);
    }

    @Test
    void afterItsEndItTakesNothing() {
        accept();
        loop.turn(() -> session.close(CloseReason.LEFT));
        int told = events.size();
        receive(new byte[] {0, 1, 2, 3});
        loop.turn(() -> session.show(0, null, null));
        loop.turn(() -> session.onTime(1_000_000_000_000L));
        assertThat(events).hasSize(told);
        assertThat(session.ended()).isTrue();
    }

    @Test
    void aListenerMayEndTheSessionThatTellsIt() {
        List<SessionEvent> told = new ArrayList<>();
        Session[] fragile = new Session[1];
        fragile[0] = session(event -> {
            told.add(event);
            fragile[0].close(CloseReason.REMOVED);
        });
        accept(fragile[0]);
        assertThat(told).hasSize(2).last().isEqualTo(new SessionEvent.Ended(CloseReason.REMOVED));
    }

    @Test
    void whoNeverComesIsLost() {
        accept();
        for (long now = 0; !session.ended() && now < 120; now++) {
            loop.nowNs(now * 1_000_000_000L);
            loop.turn(() -> session.onTime(loop.nowNs()));
        }
        assertThat(events).last().isEqualTo(new SessionEvent.Ended(CloseReason.LOST));
        assertThat(loop.nowNs()).isEqualTo(limits.transportClosesNs());
    }

    @Test
    @DisplayName("hostile B01 a hello from an address without a check is not answered and leaves nothing")
    void hostile_B01_aHelloFromAStrangerIsNothing() {
        accept();
        byte[] hello = new byte[200];
        hello[0] = 22;
        for (int i = 0; i < 1_000; i++) {
            receive(hello);
        }
        assertThat(output).containsExactly("ufrag");
        assertThat(loop.counters().get(SfuCounter.UNKNOWN_SOURCE)).isEqualTo(1_000);
    }

    @Test
    @DisplayName("hostile B10 media from an address without a check is not held for later keys")
    void hostile_B10_mediaOfAStrangerIsNotHeld() {
        accept();
        byte[] rtp = new byte[100];
        rtp[0] = (byte) 0x80;
        for (int i = 0; i < 100; i++) {
            receive(rtp);
        }
        assertThat(loop.packets().outstanding()).isZero();
        assertThat(loop.counters().get(SfuCounter.UNKNOWN_SOURCE)).isEqualTo(100);
    }
}
