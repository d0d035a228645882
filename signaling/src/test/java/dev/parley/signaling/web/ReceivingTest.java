package dev.parley.signaling.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signaling.model.BodyException;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// In virtual time: the clock is the channel's.
class ReceivingTest implements Receiving.Session {
    private static final int MAX = 1_000;

    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    private final CompletableFuture<Response> answer = new CompletableFuture<>();
    private final List<@Nullable Response> answers = new ArrayList<>();
    private @Nullable InputStream stream;
    private Receiving receiving;
    private boolean over;

    @BeforeEach
    void start() throws Exception {
        channel.freezeTime();
        receiving = new Receiving(channel.pipeline().firstContext(), MAX, this);
        Origin origin = Objects.requireNonNull(Origin.of(true, "localhost", InetAddress.ofLiteral("192.0.2.1")));
        receiving.start(
                (_, body) -> {
                    stream = body;
                    return answer;
                },
                new Request("PUT", List.of(), "", Map.of(), new DefaultHttpHeaders(), new byte[0], origin));
    }

    @AfterEach
    void close() {
        channel.close();
    }

    @Override
    public void serve() {}

    @Override
    public void over() {
        over = true;
    }

    @Override
    public void answer(@Nullable Response response) {
        answers.add(response);
    }

    private void give(int length) {
        HttpContent content = new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[length]));
        receiving.take(content);
    }

    private void pass(long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    private BodyException.@Nullable Kind end() throws IOException {
        try {
            Objects.requireNonNull(stream).readAllBytes();
            return null;
        } catch (BodyException e) {
            return e.kind();
        }
    }

    @Test
    void theAnswerComesWhenTheBodyIsOver() throws IOException {
        give(10);
        answer.complete(Response.empty(401));
        pass(0);
        assertThat(answers).isEmpty();
        give(10);
        receiving.take(new DefaultLastHttpContent());
        assertThat(answers)
                .singleElement()
                .satisfies(r -> assertThat(Objects.requireNonNull(r).status()).isEqualTo(401));
        assertThat(receiving.isCut()).isFalse();
        assertThat(end()).isEqualTo(BodyException.Kind.CUT); // nobody wanted the rest
    }

    @Test
    void whoPausesIsCutOff() throws IOException {
        give(10);
        pass(Receiving.PAUSE_MS - 1);
        give(10);
        pass(Receiving.PAUSE_MS - 1);
        assertThat(over).isFalse();
        pass(1);
        assertThat(over).isTrue();
        assertThat(receiving.isCut()).isTrue();
        assertThat(end()).isEqualTo(BodyException.Kind.TOO_SLOW);
        assertThat(answers).isEmpty();
        answer.complete(Response.empty(408));
        pass(0);
        assertThat(answers).hasSize(1);
    }

    @Test
    void whoTricklesIsCutOffToo() throws IOException {
        for (long ms = 0; ms < Receiving.WHOLE_MS - 5_000; ms += 5_000) {
            give(1);
            pass(5_000);
            assertThat(over).isFalse();
        }
        give(1);
        pass(5_000);
        assertThat(over).isTrue();
        assertThat(end()).isEqualTo(BodyException.Kind.TOO_SLOW);
    }

    @Test
    void whatIsTooLargeIsCutOff() throws IOException {
        give(MAX);
        assertThat(over).isFalse();
        give(1);
        assertThat(over).isTrue();
        assertThat(receiving.isCut()).isTrue();
        assertThat(end()).isEqualTo(BodyException.Kind.TOO_LARGE);
    }

    @Test
    void aConnectionThatIsGoneIsAnsweredNothing() throws IOException {
        give(10);
        receiving.cut();
        assertThat(end()).isEqualTo(BodyException.Kind.CUT);
        answer.complete(Response.empty(200));
        pass(0);
        assertThat(answers).isEmpty();
    }

    @Test
    void aFaultOfTheRouteIsAnAnswer() {
        receiving.take(new DefaultLastHttpContent());
        answer.completeExceptionally(new IllegalStateException("a fault"));
        pass(0);
        assertThat(answers).hasSize(1);
    }
}
