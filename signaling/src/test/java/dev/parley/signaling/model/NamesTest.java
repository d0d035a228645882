package dev.parley.signaling.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "Alice, alice",
        "Straße, STRASSE",
        "ﬁona, FIONA", // a ligature, NFKC
        "Ａｌｉｃｅ, alice", // full-width letters
        "'al\u200Bice', alice", // a space of no width
        "'e\u0301lise', \u00e9lise", // composed and not
        "'  bob ', bob"
    })
    void namesThatLookTheSameAreTheSame(String one, String other) {
        assertThat(DisplayName.of(one).key()).isEqualTo(DisplayName.of(other).key());
    }

    @Test
    void aNameIsShownAsItWasGiven() {
        assertThat(DisplayName.of("  Ａlice ").shown()).isEqualTo("Ａlice");
        assertThat(DisplayName.of("\uD83D\uDC69\u200D\uD83D\uDCBB".repeat(21)).shown())
                .hasSize(105);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "   ", "a\u0000b", "a\nb", "a\u202Eb", "a\u2066b", "a\u200Fb", "\u200B", "\u2028", "\uD800"})
    void refusesNamesThatDeceiveOrHide(String name) {
        assertThatThrownBy(() -> DisplayName.of(name))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("name: ");
    }

    @Test
    void countsCodePointsNotCharacters() {
        assertThat(DisplayName.of("\uD83D\uDE00".repeat(64)).shown()).hasSize(128);
        assertThatThrownBy(() -> DisplayName.of("\uD83D\uDE00".repeat(65))).hasMessageContaining("65");
    }

    @Test
    void roomsAreFoundWhateverTheirCase() {
        assertThat(RoomName.of("Daily Stand-up").key())
                .isEqualTo(RoomName.of("daily stand-UP").key());
        assertThat(RoomName.of("caf\u00e9 \u2615").shown()).isEqualTo("caf\u00e9 \u2615");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", ".env", "a/b", "a\\b", "a?b", "a#b", "a%b", "a\u0007b", "<b>", "a\u202Eb"})
    void refusesRoomsThatNoAddressCanHold(String name) {
        assertThatThrownBy(() -> RoomName.of(name)).isInstanceOf(Refusal.class).hasMessageContaining("room: ");
    }
}
