package dev.parley.sfu.session;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.parley.netsim.Fuzz;
import dev.parley.sfu.sdp.MediaSection;
import dev.parley.sfu.sdp.SampleOffers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HostileOfferTest {
    private static final List<String> CANDIDATES = List.of(
            "1 1 udp 1 8f0b3c1e.local 5000 typ host",
            "1 1 udp 1 10.77.0.1 22 typ host",
            "1 1 udp 1 127.0.0.1 9464 typ host",
            "1 1 udp 1 metadata.example.com 80 typ host",
            "1 1 udp 1 192.0.2.1 0 typ host",
            "1 1 tcp 1 192.0.2.1 22 typ host tcptype passive",
            "1 1 udp 1 224.0.0.1 5000 typ host",
            "1 1 udp 1 255.255.255.255 5000 typ host",
            "1 1 udp 1 ::1 5000 typ srflx raddr 169.254.169.254 rport 80");

    @Test
    @DisplayName("hostile E09 mutated offers are answered or refused, never an exception")
    void hostile_E09_mutatedOffers() {
        Fuzz.mutations(Fuzz.runs(60_000), samples(), bytes -> answersOrRefuses(Peers.server(), text(bytes)));
    }

    @Test
    @DisplayName("hostile E09 offers with lines dropped, doubled and mixed are answered or refused")
    void hostile_E09_shuffledLines() {
        List<String> lines =
                samples().stream().flatMap(sample -> text(sample).lines()).toList();
        List<byte[]> samples = samples();
        Fuzz.random(Fuzz.runs(10_000), random -> {
            String sample = text(samples.get(random.nextInt(samples.size())));
            answersOrRefuses(Peers.server(), shuffled(random, sample, lines));
        });
    }

    @Test
    @DisplayName("hostile E09 mutated offers in a running call leave it as it was or answer")
    void hostile_E09_mutatedReoffers() {
        String first =
                Offers.of(Offers.video("0", "sendonly"), Offers.audio("1", "recvonly"), Offers.video("2", "recvonly"));
        byte[] sample = first.getBytes(StandardCharsets.ISO_8859_1);
        Fuzz.mutations(Fuzz.runs(10_000), List.of(sample), bytes -> {
            Negotiator server = Peers.server();
            Negotiated before = Peers.accept(server, first).negotiated();
            if (!answersOrRefuses(server, text(bytes))) {
                assertThat(Peers.accept(server, first).negotiated()).isEqualTo(before);
            }
        });
    }

    @Test
    @DisplayName("hostile E09 mutated answers are taken or refused, never an exception")
    void hostile_E09_mutatedAnswers() {
        Offerer client = Peers.client();
        client.add(
                new OfferBuilder().microphone().camera("q", "h", "f").pairs(1).take());
        String answer = Peers.accept(Peers.server(), client.propose().offer()).answer();
        Fuzz.mutations(Fuzz.runs(10_000), List.of(answer.getBytes(StandardCharsets.ISO_8859_1)), bytes -> {
            Proposal proposal = client.propose();
            assertThat(client.accept(proposal.offerId(), text(bytes))).isNotNull();
        });
    }

    @Test
    @DisplayName("hostile E10 candidates of any address are accepted, forgotten and never looked up")
    void hostile_E10_candidates() {
        StringBuilder candidates = new StringBuilder();
        CANDIDATES.forEach(
                candidate -> candidates.append("a=candidate:").append(candidate).append('\n'));
        Negotiation.Accepted plain = Peers.accept(Peers.server(), Offers.PLAIN);
        Negotiation.Accepted accepted = Peers.accept(Peers.server(), Offers.PLAIN + candidates);
        assertThat(accepted).as("as if there were none").isEqualTo(plain);
        assertThat(accepted.negotiated().remoteCandidates()).isEmpty();
    }

    @Test
    @DisplayName("hostile E10 neither SDP nor negotiation can reach a resolver or a socket")
    void hostile_E10_noNetwork() {
        noClasses()
                .that()
                .resideInAPackage("dev.parley.sfu.sdp..")
                .or()
                .haveNameMatching(
                        "dev\\.parley\\.sfu\\.session\\."
                                + "(Negotiator|Offerer|SectionTable|SectionAnswer|AnsweredSection|RemoteTransport|TransportAnswer).*")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.channels..", "javax.naming..", "io.netty..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.parley.sfu.sdp", "dev.parley.sfu.session"));
    }

    private static List<byte[]> samples() {
        List<byte[]> samples = new ArrayList<>(SampleOffers.sections());
        samples.add(Offers.AIORTC.getBytes(StandardCharsets.ISO_8859_1));
        samples.add(Offers.PLAIN.getBytes(StandardCharsets.ISO_8859_1));
        Offerer client = Peers.client();
        client.add(new OfferBuilder()
                .microphone()
                .camera("q", "h", "f")
                .pairs(1)
                .voices(1)
                .take());
        samples.add(client.propose().offer().getBytes(StandardCharsets.ISO_8859_1));
        return samples;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String shuffled(SplittableRandom random, String sample, List<String> others) {
        List<String> lines = new ArrayList<>(sample.lines().toList());
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            int at = random.nextInt(1, lines.size());
            switch (random.nextInt(4)) {
                case 0 -> lines.add(at, lines.get(random.nextInt(lines.size())));
                case 1 -> lines.set(at, others.get(random.nextInt(others.size())));
                case 2 -> lines.add(at, others.get(random.nextInt(others.size())));
                default -> lines.set(at, lines.get(at).replaceAll("[0-9]+", Long.toString(random.nextLong())));
            }
        }
        return String.join("\n", lines);
    }

    /// True when it was answered; then the answer has the offer's sections.
    private static boolean answersOrRefuses(Negotiator server, String offer) {
        Negotiation negotiation = server.accept(offer, List.of());
        if (negotiation instanceof Negotiation.Accepted accepted) {
            assertThat(placesOf(accepted.answer())).isEqualTo(placesOf(offer));
            return true;
        }
        assertThat(((Negotiation.Refused) negotiation).detail()).isNotEmpty();
        return false;
    }

    private static List<String> placesOf(String description) {
        List<String> places = new ArrayList<>();
        for (MediaSection section : Peers.parsed(description).sections()) {
            places.add(section.kind() + " " + section.mid());
        }
        return places;
    }
}
