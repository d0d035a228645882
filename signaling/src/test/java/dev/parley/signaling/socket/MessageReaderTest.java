package dev.parley.signaling.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MessageReaderTest {
    private static final byte[] JOIN =
            ("{\"type\":\"join\",\"id\":1,\"v\":1,\"room\":\"demo\",\"name\":\"alice\",\"token\":null,\"device\":\"d\","
                            + "\"resume\":null,\"offer\":\"v=0\\r\\n\",\"tracks\":[{\"mid\":\"0\",\"source\":\"camera\"}]}")
                    .getBytes(StandardCharsets.UTF_8);

    @Test
    @DisplayName("hostile E12 a message that was bent is read, refused or unreadable, and never throws")
    void hostile_E12_bentMessages() {
        int[] good = {0};
        Fuzz.mutations(Fuzz.runs(200_000), List.of(JOIN), bytes -> {
            String text = new String(bytes, StandardCharsets.UTF_8);
            good[0] += MessageReader.read(text) instanceof MessageReader.Good ? 1 : 0;
            MessageReader.carriesSdp(text);
        });
        assertThat(good[0]).as("some survive being bent").isPositive();
    }

    @Test
    void readsAWholeJoin() {
        var read = MessageReader.read(new String(JOIN, StandardCharsets.UTF_8));
        assertThat(read)
                .isInstanceOfSatisfying(
                        MessageReader.Good.class,
                        good -> assertThat(good.message()).isInstanceOfSatisfying(ClientMessage.Join.class, join -> {
                            assertThat(join.name()).isEqualTo("alice");
                            assertThat(join.tracks()).hasSize(1);
                            assertThat(join.replace()).isFalse();
                        }));
    }

    @Test
    void findsTheSdpInTheBeginningOfAMessage() {
        assertThat(MessageReader.carriesSdp("{\"type\":\"join\",\"offer\":\"v=0"))
                .isTrue();
        assertThat(MessageReader.carriesSdp("{\"offer\":\"v=0")).isTrue();
        assertThat(MessageReader.carriesSdp("{\"type\":\"view\",\"offer\":\"v=0"))
                .isFalse();
        assertThat(MessageReader.carriesSdp("{\"type\":\"join\",\"x\":{\"offer\":\"v=0"))
                .isFalse();
        assertThat(MessageReader.carriesSdp("{\"type\":\"offer\",\"x\":\"")).isFalse();
        assertThat(MessageReader.carriesSdp("offer")).isFalse();
    }
}
