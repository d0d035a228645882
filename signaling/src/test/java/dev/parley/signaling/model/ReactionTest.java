package dev.parley.signaling.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReactionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\ud83d\udc4d",
                "\ud83d\udc4d\ud83c\udffd",
                "\u2764\ufe0f",
                "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67\u200d\ud83d\udc66",
                "\ud83c\uddee\ud83c\uddf8",
                "\ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc73\udb40\udc63\udb40\udc74\udb40\udc7f"
            })
    void takesEmojis(String text) {
        assertThat(new Reaction(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\ud83d\udc4da", "<b>", " ", "\u202e\ud83d\udc4d", "\u200d", "1", "\ud83d"})
    void refusesText(String text) {
        assertThatThrownBy(() -> new Reaction(text)).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 1_000})
    void refusesRows(int emojis) {
        assertThatThrownBy(() -> new Reaction("\ud83d\udc4d".repeat(emojis))).isInstanceOf(Refusal.class);
    }
}
