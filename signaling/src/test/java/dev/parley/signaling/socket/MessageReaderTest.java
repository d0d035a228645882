package dev.parley.signaling.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MessageReaderTest {
    private static final byte[] JOIN =
            ("{\"type\":\"join\",\"id\":1,\"v\":1,\"room\":\"demo\",\"name\":\"alice\",\"token\":null,\"device\":\"d\","
                            + "\"resume\":null,\"offer\":\"v=0\\r\\n\",\"tracks\":[{\"mid\":\"0\",\"source\":\"camera\"}]}")
                    .getBytes(StandardCharsets.UTF_8);

    private static final List<byte[]> SAMPLES = Stream.of(
                    "{\"type\":\"chat\",\"id\":2,\"message\":\"message-1\",\"text\":\"h\\u00e9\",\"to\":\"p_x\",\"reply\":3}",
                    "{\"type\":\"chat-edit\",\"id\":3,\"n\":4,\"text\":\"hullo\"}",
                    "{\"type\":\"chat-delete\",\"id\":4,\"n\":4}",
                    "{\"type\":\"history\",\"id\":5,\"since\":17,\"before\":null}",
                    "{\"type\":\"react\",\"id\":6,\"reaction\":\"\\ud83d\\udc4d\"}",
                    "{\"type\":\"hand\",\"id\":7,\"up\":true}",
                    "{\"type\":\"typing\",\"id\":8,\"typing\":false}",
                    "{\"type\":\"report\",\"id\":9,\"slots\":[{\"slot\":0,\"video\":{\"decoded\":118,\"state\":\"playing\"}}]}")
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();

    @Test
    void readsWhatIsSaid() {
        for (byte[] sample : SAMPLES) {
            String text = new String(sample, StandardCharsets.UTF_8);
            assertThat(MessageReader.read(text)).as(text).isInstanceOf(MessageReader.Good.class);
        }
    }

    @Test
    void refusesWhatNeedsMoreOrLess() {
        for (String text : List.of(
                "{\"type\":\"chat\",\"id\":2,\"text\":\"no id of its own\"}",
                "{\"type\":\"chat\",\"id\":2,\"message\":\"message-1\"}",
                "{\"type\":\"chat\",\"id\":2,\"message\":\"message-1\",\"text\":\"x\",\"reply\":\"1\"}",
                "{\"type\":\"chat\",\"id\":2,\"message\":\"message-1\",\"text\":\"x\",\"to\":\"" + "p".repeat(65)
                        + "\"}",
                "{\"type\":\"chat-edit\",\"id\":3,\"text\":\"x\"}",
                "{\"type\":\"chat-delete\",\"id\":3,\"n\":null}",
                "{\"type\":\"history\",\"id\":3,\"since\":1,\"before\":2}",
                "{\"type\":\"history\",\"id\":3,\"since\":-1}",
                "{\"type\":\"hand\",\"id\":3}",
                "{\"type\":\"typing\",\"id\":3,\"typing\":1}",
                "{\"type\":\"report\",\"id\":3}",
                "{\"type\":\"report\",\"id\":3,\"slots\":[" + "{\"slot\":0},".repeat(64) + "{\"slot\":0}]}",
                "{\"type\":\"report\",\"id\":3,\"slots\":[{\"slot\":0,\"audio\":{\"state\":\"playing\"}}]}")) {
            assertThat(MessageReader.read(text)).as(text).isInstanceOf(MessageReader.Bad.class);
        }
    }

    @Test
    @DisplayName("hostile E12 requests about chat that were bent are read, refused or unreadable, and never throw")
    void hostile_E12_bentChat() {
        int[] good = {0};
        Fuzz.mutations(Fuzz.runs(200_000), SAMPLES, bytes -> {
            String text = new String(bytes, StandardCharsets.UTF_8);
            good[0] += MessageReader.read(text) instanceof MessageReader.Good ? 1 : 0;
        });
        assertThat(good[0]).as("some survive being bent").isPositive();
    }

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
