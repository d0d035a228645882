package dev.parley.sfu.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.LinkConfig;
import dev.parley.sfu.api.DataDelivery;
import dev.parley.sfu.api.DataMessage;
import dev.parley.sfu.api.DataSent;
import dev.parley.sfu.api.SfuEvent;
import dev.parley.sfu.api.SfuParticipant;
import dev.parley.sfu.sctp.ChannelOptions;
import dev.parley.sfu.sctp.DataChannel;
import dev.parley.sfu.synthetic.Publishing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Messages between a page and whoever holds the engine's API, over real ICE and DTLS in virtual time.
final class SimDataTest {
    private static final LinkConfig LOSSY =
            LinkConfig.perfect().withDelayMs(30).withJitterMs(5).withLoss(0.1);

    private final SimCall call = new SimCall(1, LOSSY);

    private static DataMessage text(String text) {
        return DataMessage.of(true, text.getBytes(StandardCharsets.UTF_8));
    }

    private static <E extends SfuEvent> List<E> told(SimBrowser browser, Class<E> kind) {
        return browser.events().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private static SfuParticipant participant(SimBrowser browser) {
        return Objects.requireNonNull(browser.client().participant());
    }

    @Test
    void whatThePageSaysIsHeardAndAnswered() {
        SimBrowser alice = call.join(Publishing.page());
        SimData page = alice.client().data();
        page.open(ChannelOptions.of("chat"));
        call.run(5);
        assertThat(told(alice, SfuEvent.DataOpened.class))
                .extracting(SfuEvent.DataOpened::label)
                .containsExactly("chat");
        List<String> said =
                IntStream.range(0, 100).mapToObj(i -> "message " + i).toList();
        said.forEach(line -> page.send("chat", line));
        said.forEach(line -> participant(alice).send("chat", text(line)));
        call.run(10);
        assertThat(told(alice, SfuEvent.DataReceived.class))
                .extracting(e -> new String(e.bytes(), StandardCharsets.UTF_8))
                .isEqualTo(said);
        assertThat(page.texts).isEqualTo(said);
        call.end();
    }

    @Test
    void theServerMayOpenAChannel() {
        SimBrowser alice = call.join(Publishing.page());
        SimData page = alice.client().data();
        call.run(5);
        participant(alice).openData("cursors", DataDelivery.lossy());
        call.run(2);
        assertThat(page.opened).singleElement().satisfies(channel -> {
            assertThat(channel.label()).isEqualTo("cursors");
            assertThat(channel.options().reliability().ordered()).isFalse();
            assertThat(channel.options().reliability().retransmissionsMax()).isZero();
        });
        assertThat(told(alice, SfuEvent.DataOpened.class)).hasSize(1);
        participant(alice).send("cursors", text("the last"));
        participant(alice).closeData("cursors");
        call.run(2);
        assertThat(page.texts).containsExactly("the last");
        assertThat(page.opened.getFirst().state()).isEqualTo(DataChannel.State.CLOSED);
        assertThat(told(alice, SfuEvent.DataClosed.class)).hasSize(1);
        call.end();
    }

    @Test
    void anIdThatBothKnowNeedsNoQuestion() {
        SimBrowser alice = call.join(Publishing.page());
        SimData page = alice.client().data();
        page.agreed(7, ChannelOptions.of("agreed"));
        call.run(5);
        participant(alice).agreedData(7, "agreed", DataDelivery.reliable());
        participant(alice).send("agreed", text("down"));
        page.send("agreed", "up");
        call.run(5);
        assertThat(told(alice, SfuEvent.DataOpened.class)).hasSize(1);
        assertThat(told(alice, SfuEvent.DataReceived.class))
                .extracting(e -> new String(e.bytes(), StandardCharsets.UTF_8))
                .containsExactly("up");
        assertThat(page.texts).containsExactly("down");
        participant(alice).agreedData(7, "again", DataDelivery.reliable());
        call.run(1);
        assertThat(told(alice, SfuEvent.DataClosed.class))
                .extracting(SfuEvent.DataClosed::label)
                .containsExactly("again");
        call.end();
    }

    /// Nothing is taken beyond the buffer, and whoever was refused hears when there is room again.
    @Test
    void whoSendsTooMuchIsToldWhenToGoOn() {
        call.link(LOSSY.withLoss(0.02)); // with more of it, a megabyte takes so long that alice is a slow consumer
        SimBrowser alice = call.join(Publishing.page());
        SimData page = alice.client().data();
        page.open(ChannelOptions.of("bulk"));
        call.run(5);
        DataMessage large = DataMessage.of(false, new byte[200_000]);
        List<DataSent.Result> results = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            participant(alice).send("bulk", large).thenAccept(sent -> results.add(sent.result()));
        }
        call.run(1);
        assertThat(results).hasSize(8).contains(DataSent.Result.QUEUED, DataSent.Result.FULL);
        call.run(120);
        assertThat(told(alice, SfuEvent.DataReady.class)).isNotEmpty();
        assertThat(page.texts).hasSize((int)
                results.stream().filter(DataSent.Result.QUEUED::equals).count());
        call.end();
    }

    @Test
    @DisplayName("hostile D08 a flood of messages costs the sender its channels and nobody else anything")
    void hostile_D08_whoSendsFarTooMuchIsCutOffAndStaysInTheCall() {
        call.link(LinkConfig.perfect().withDelayMs(5));
        SimBrowser alice = call.join(Publishing.page());
        SimBrowser bob = call.join(Publishing.page());
        SimData page = alice.client().data();
        SimData bobs = bob.client().data();
        page.open(ChannelOptions.of("flood"));
        bobs.open(ChannelOptions.of("chat"));
        call.run(5);
        for (int i = 0; i < 6_000; i++) {
            page.send("flood", "x");
        }
        call.run(2);
        assertThat(told(alice, SfuEvent.DataEnded.class))
                .extracting(SfuEvent.DataEnded::reason)
                .containsExactly("too_many_messages");
        assertThat(told(alice, SfuEvent.DataReceived.class)).hasSizeLessThanOrEqualTo(5_000);
        assertThat(told(alice, SfuEvent.Closed.class)).isEmpty();
        assertThat(told(bob, SfuEvent.DataEnded.class)).isEmpty();
        call.end();
    }

    /// 60 kbit/s, and a megabyte for it.
    @Test
    void whoTakesTooLittleLosesTheChannelsAndStaysInTheCall() {
        call.link(LinkConfig.perfect().withDelayMs(20).withRate(60_000, 1_000));
        SimBrowser alice = call.join(Publishing.nothing());
        alice.client().data().open(ChannelOptions.of("chat"));
        call.run(10);
        DataMessage large = DataMessage.of(false, new byte[50_000]);
        List<DataSent.Result> results = new ArrayList<>();
        for (int second = 0; second < 30; second++) {
            for (int i = 0; i < 25; i++) {
                participant(alice).send("chat", large).thenAccept(sent -> results.add(sent.result()));
            }
            call.run(1);
        }
        assertThat(results).contains(DataSent.Result.QUEUED, DataSent.Result.FULL, DataSent.Result.CLOSED);
        assertThat(told(alice, SfuEvent.DataEnded.class))
                .extracting(SfuEvent.DataEnded::reason)
                .containsExactly("slow_consumer");
        assertThat(told(alice, SfuEvent.DataClosed.class)).hasSize(1);
        assertThat(told(alice, SfuEvent.Closed.class)).isEmpty();
    }

    /// The same bytes for three, of whom one has 60 kbit/s.
    @Test
    @DisplayName("hostile D04 who does not read is cut off, and the others have each message within 100 ms")
    void hostile_D04_whoDoesNotReadHoldsUpNobodyElse() {
        call.link(LinkConfig.perfect().withDelayMs(10).withRate(60_000, 1_000));
        SimBrowser alice = call.join(Publishing.nothing());
        call.link(LinkConfig.perfect().withDelayMs(10));
        List<SimBrowser> others = List.of(call.join(Publishing.nothing()), call.join(Publishing.nothing()));
        List<SimBrowser> everybody = List.of(alice, others.getFirst(), others.getLast());
        everybody.forEach(one -> one.client().data().open(ChannelOptions.of("chat")));
        call.run(10);
        DataMessage shared = DataMessage.of(false, new byte[5_000]);
        for (int sent = 1; sent <= 400; sent++) {
            everybody.forEach(one -> participant(one).send("chat", shared));
            call.run(0.1);
            for (SimBrowser other : others) {
                assertThat(other.client().data().texts).hasSize(sent);
            }
        }
        assertThat(told(alice, SfuEvent.DataEnded.class))
                .extracting(SfuEvent.DataEnded::reason)
                .containsExactly("slow_consumer");
        assertThat(told(alice, SfuEvent.Closed.class)).isEmpty();
        others.forEach(
                other -> assertThat(told(other, SfuEvent.DataEnded.class)).isEmpty());
    }

    @Test
    void whereThereIsNoChannelNothingIsSent() {
        SimBrowser alice = call.join(Publishing.page());
        call.run(5);
        DataSent[] sent = new DataSent[1];
        participant(alice).send("chat", text("hello")).thenAccept(result -> sent[0] = result);
        participant(alice).openData("chat", DataDelivery.reliable());
        call.run(1);
        assertThat(sent[0].result()).isEqualTo(DataSent.Result.CLOSED);
        assertThat(told(alice, SfuEvent.DataClosed.class)).hasSize(1);
        call.end();
    }
}
