package dev.parley.sfu.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.sfu.base.Rng;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IceCredentialsTest {
    private final Rng rng = Rng.seeded(1);

    @Test
    void theFragmentNamesItsLoop() {
        for (int loop = 0; loop < IceCredentials.LOOPS_MAX; loop++) {
            assertThat(IceCredentials.loopOf(IceCredentials.local(rng, loop).ufrag()))
                    .isEqualTo(loop);
        }
    }

    @Test
    void bothAreLongEnoughAndOfIceCharacters() {
        IceCredentials credentials = IceCredentials.local(rng, 5);

        assertThat(credentials.ufrag()).matches("[A-Za-z0-9+/]{10}");
        assertThat(credentials.password()).matches("[A-Za-z0-9+/]{24}");
    }

    @Test
    void noTwoAreEqual() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            IceCredentials credentials = IceCredentials.local(rng, 0);
            assertThat(seen.add(credentials.ufrag()) && seen.add(credentials.password()))
                    .isTrue();
        }
    }

    @Test
    void aFragmentThatIsNotOursNamesNoLoop() {
        assertThat(IceCredentials.loopOf("")).isEqualTo(-1);
        assertThat(IceCredentials.loopOf("A")).isEqualTo(-1);
        assertThat(IceCredentials.loopOf("AA3456789")).isEqualTo(-1);
        assertThat(IceCredentials.loopOf("A-34567890")).isEqualTo(-1);
        assertThat(IceCredentials.loopOf("\u00e9A34567890")).isEqualTo(-1);
    }

    @Test
    void aLogLineDoesNotShowThePassword() {
        IceCredentials credentials = IceCredentials.local(rng, 0);

        assertThat(credentials.toString()).doesNotContain(credentials.password());
    }

    @Test
    void emptyOnesAndImpossibleLoopsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new IceCredentials("", "p"));
        assertThatIllegalArgumentException().isThrownBy(() -> new IceCredentials("u", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> IceCredentials.local(rng, IceCredentials.LOOPS_MAX));
    }
}
