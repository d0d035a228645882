package dev.parley.sfu.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ClientHelloTest {
    private static HandshakeMessage message(byte[] body) {
        return new HandshakeMessage(HandshakeMessage.CLIENT_HELLO, 0, body);
    }

    @Test
    void knowsAHelloByItsRandom() {
        byte[] body = Captured.message(Captured.hello());
        ClientHello hello = Objects.requireNonNull(ClientHello.parse(message(body)));
        assertThat(hello.suitable()).isTrue();
        assertThat(hello.random()).isEqualTo(Arrays.copyOfRange(body, 2, 34));
        assertThat(hello.isRepetitionOf(Objects.requireNonNull(ClientHello.parse(message(body.clone())))))
                .isTrue();
        body[20]++;
        assertThat(hello.isRepetitionOf(Objects.requireNonNull(ClientHello.parse(message(body)))))
                .isFalse();
    }

    @Test
    void everyShorterHelloIsNone() {
        byte[] body = Captured.message(Captured.hello());
        for (int length = 0; length < body.length; length++) {
            assertThat(ClientHello.parse(message(Arrays.copyOf(body, length)))).isNull();
        }
    }

    @Test
    void neverThrowsOnAnyBytes() {
        byte[] body = Captured.message(Captured.hello());
        Fuzz.mutations(Fuzz.runs(200_000), List.of(body), bytes -> {
            ClientHello hello = ClientHello.parse(message(bytes));
            if (hello != null) {
                assertThat(hello.random()).hasSize(32);
            }
        });
    }
}
