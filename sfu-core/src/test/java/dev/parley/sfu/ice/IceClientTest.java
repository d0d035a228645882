package dev.parley.sfu.ice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.stun.StunCodec;
import dev.parley.sfu.stun.StunEncoder;
import dev.parley.sfu.stun.StunMessage;
import dev.parley.sfu.stun.TransactionId;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IceClientTest implements IceClientOutput {
    private static final InetSocketAddress OURS = new InetSocketAddress("198.51.100.1", 5_000);
    private static final Flow BEST = Flow.udp(OURS, new InetSocketAddress("192.0.2.1", 7882));
    private static final Flow OTHER = Flow.udp(OURS, new InetSocketAddress("192.0.2.2", 7882));

    private record Sent(StunMessage message, Flow flow, long atNs) {}

    private final Rng rng = Rng.seeded(3);
    private final PacketPool pool = new PacketPool(4);
    private final IceCredentials local = IceCredentials.local(rng, 0);
    private final IceCredentials remote = IceCredentials.local(rng, 0);
    private final List<Sent> sent = new ArrayList<>();
    private final List<IceClientState> states = new ArrayList<>();
    private final List<Flow> selections = new ArrayList<>();
    private final byte[] bytes = new byte[Packet.CAPACITY];
    private long nowNs = -77;
    private IceClient client = client(IceClientSettings.chromium());

    @AfterEach
    void everyPacketWentBack() {
        assertThat(pool.outstanding()).isZero();
    }

    @Test
    void checksEachPairAndPacesThem() {
        pass(1_000);

        assertThat(sent).extracting(Sent::flow).startsWith(BEST, OTHER, BEST, OTHER);
        for (int i = 1; i < sent.size(); i++) {
            assertThat(sent.get(i).atNs() - sent.get(i - 1).atNs()).isGreaterThanOrEqualTo(ms(50));
        }
        StunMessage check = sent.getFirst().message();
        assertThat(check.username()).isEqualTo(remote.ufrag() + ":" + local.ufrag());
        assertThat(StunCodec.verify(check, remote.password())).isTrue();
        assertThat(check.useCandidate()).isFalse();
    }

    @Test
    void nominatesThePairThatAnsweredAsChromiumDoes() {
        pass(0);
        answer(sent.getLast());
        pass(500);

        assertThat(client.selected()).isEqualTo(BEST);
        assertThat(states).containsExactly(IceClientState.CONNECTED);
        assertThat(sent.stream().skip(1).filter(check -> check.flow().equals(BEST)))
                .isNotEmpty()
                .allMatch(check -> check.message().useCandidate());
        assertThat(sent.stream().filter(check -> check.flow().equals(OTHER)))
                .noneMatch(check -> check.message().useCandidate());
    }

    @Test
    void nominatesWithTheFirstCheckAsFirefoxDoes() {
        client = client(IceClientSettings.firefox());
        pass(0);
        assertThat(sent.getLast().message().useCandidate()).isTrue();
        answer(sent.getLast());
        pass(5_950);

        Sent consent = sent.stream()
                .filter(check -> check.flow().equals(BEST))
                .reduce((_, last) -> last)
                .orElseThrow();
        assertThat(consent.message().useCandidate()).isFalse();
    }

    @Test
    void theBetterPairReplacesTheOneThatAnsweredFirst() {
        pass(60);
        answer(sent.get(1));
        assertThat(client.selected()).isEqualTo(OTHER);
        answer(sent.get(0));

        assertThat(client.selected()).isEqualTo(BEST);
        assertThat(selections).containsExactly(OTHER, BEST);
    }

    @Test
    void anAnswerThatIsForgedLateOrMisplacedCountsForNothing() {
        pass(0);
        Sent check = sent.getFirst();
        receive(StunEncoder.bindingSuccess(bytes, check.message(), OURS, "guess"), BEST);
        receive(StunEncoder.bindingSuccess(bytes, check.message(), OURS, remote.password()), OTHER);
        receive(StunEncoder.bindingError(bytes, check.message(), StunEncoder.ROLE_CONFLICT, null), BEST);
        client.restart(local, remote, nowNs);
        receive(StunEncoder.bindingSuccess(bytes, check.message(), OURS, remote.password()), BEST);

        assertThat(client.state()).isEqualTo(IceClientState.CHECKING);
        assertThat(client.role()).isEqualTo(IceRole.CONTROLLING);
        assertThat(client.selected()).isNull();
    }

    @Test
    void measuresTheRoundTrip() {
        pass(0);
        nowNs += ms(33);
        answer(sent.getFirst());

        assertThat(client.roundTripNs()).isEqualTo(ms(33));
    }

    @Test
    void disconnectsThenFailsThenRestsUntilARestart() {
        pass(0);
        answer(sent.getFirst());
        pass(20_000);
        assertThat(states)
                .containsExactly(IceClientState.CONNECTED, IceClientState.DISCONNECTED, IceClientState.FAILED);
        assertThat(client.nextTimeNs()).isEqualTo(Deadlines.NEVER);

        client.restart(local, remote, nowNs);
        pass(100);
        answer(sent.getLast());

        assertThat(client.state()).isEqualTo(IceClientState.CONNECTED);
    }

    @Test
    void anotherAddressIsCheckedAtOnceAndUsedOnceItAnswers() {
        pass(0);
        answer(sent.getFirst());
        Flow next = Flow.udp(new InetSocketAddress("198.51.100.2", 5_000), BEST.remote());

        client.flows(List.of(next), nowNs);
        assertThat(client.selected()).isNull();
        pass(50);
        assertThat(sent.getLast().flow()).isEqualTo(next);
        answer(sent.getLast());

        assertThat(client.selected()).isEqualTo(next);
    }

    @Test
    void answersAPeerThatChecksToo() {
        StunEncoder.Check check = new StunEncoder.Check(
                TransactionId.random(rng), local.ufrag() + ":" + remote.ufrag(), 1, false, 1, false);

        receive(StunEncoder.bindingRequest(bytes, check, local.password()), BEST);
        assertThat(sent.getLast().message().kind()).isEqualTo(StunMessage.Kind.SUCCESS);
        assertThat(StunCodec.verify(sent.getLast().message(), local.password())).isTrue();
        sent.clear();
        receive(StunEncoder.bindingRequest(bytes, check, "guess"), BEST);
        assertThat(sent).isEmpty();
    }

    @Test
    void survivesMutatedAnswers() {
        pass(0);
        Sent check = sent.getFirst();
        int length = StunEncoder.bindingSuccess(bytes, check.message(), OURS, "another");
        List<byte[]> samples = List.of(Arrays.copyOf(bytes, length));

        Fuzz.mutations(Fuzz.runs(50_000), samples, input -> {
            Packet packet = pool.take(input.length > Packet.CAPACITY ? new byte[0] : input);
            client.receive(packet, BEST, nowNs);
            packet.release();
        });

        assertThat(client.state()).isEqualTo(IceClientState.CHECKING);
    }

    private IceClient client(IceClientSettings settings) {
        return new IceClient(local, remote, List.of(BEST, OTHER), settings, rng, pool, this, nowNs);
    }

    private void pass(long durationMs) {
        long endNs = nowNs + ms(durationMs);
        while (client.nextTimeNs() <= endNs) {
            nowNs = Math.max(nowNs, client.nextTimeNs());
            client.onTime(nowNs);
        }
        nowNs = endNs;
    }

    private void answer(Sent check) {
        receive(StunEncoder.bindingSuccess(bytes, check.message(), OURS, remote.password()), check.flow());
    }

    private void receive(int length, Flow flow) {
        Packet packet = pool.take(Arrays.copyOf(bytes, length));
        client.receive(packet, flow, nowNs);
        packet.release();
    }

    private static long ms(long count) {
        return TimeUnit.MILLISECONDS.toNanos(count);
    }

    @Override
    public void send(Packet packet, Flow flow) {
        sent.add(new Sent(Objects.requireNonNull(StunCodec.decode(packet.array(), 0, packet.length())), flow, nowNs));
        packet.release();
    }

    @Override
    public void state(IceClientState state) {
        states.add(state);
    }

    @Override
    public void selected(Flow flow) {
        selections.add(flow);
    }
}
