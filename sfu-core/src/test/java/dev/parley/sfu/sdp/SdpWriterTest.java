package dev.parley.sfu.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Limits;
import org.junit.jupiter.api.Test;

class SdpWriterTest {
    @Test
    void writesWhatItReadOfBrowsers() {
        writesTheSame(parsed(SampleOffers.chromium()));
        writesTheSame(parsed(SampleOffers.firefox()));
    }

    @Test
    void writesAnyDescriptionSoThatItIsReadTheSame() {
        Fuzz.random(5_000, random -> writesTheSame(new RandomDescription(random).make()));
    }

    @Test
    void endsEachLineWithCrLf() {
        String text = SdpWriter.write(parsed(SampleOffers.chromium().replace("\r\n", "\n")));
        assertThat(text).endsWith("\r\n");
        assertThat(text.replace("\r\n", "")).doesNotContain("\r", "\n");
    }

    private static void writesTheSame(SessionDescription description) {
        String text = SdpWriter.write(description);
        assertThat(parsed(text)).as(text).isEqualTo(description);
        assertThat(SdpWriter.write(parsed(text))).isEqualTo(text);
    }

    private static SessionDescription parsed(String text) {
        SdpResult result = SdpParser.parse(text, Limits.defaults());
        assertThat(result).as(text).isInstanceOf(SdpResult.Parsed.class);
        return ((SdpResult.Parsed) result).description();
    }
}
