package dev.parley.sfu.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Draws descriptions that use every line we know, within the limits.
final class RandomDescription {
    private final SplittableRandom random;

    RandomDescription(SplittableRandom random) {
        this.random = random;
    }

    SessionDescription make() {
        List<MediaSection> sections = list(6, this::section);
        return new SessionDescription(
                new Origin(word(), number(), number(), "IP4", "192.0.2.1"),
                list(3, i -> new Group(word(), list(4, j -> word()))),
                random.nextBoolean(),
                random.nextBoolean(),
                transport(),
                sections);
    }

    private MediaSection section(int index) {
        boolean rtp = random.nextInt(5) > 0;
        MediaSectionBuilder section = rtp
                ? MediaSection.builder(random.nextBoolean() ? "audio" : "video", MediaSection.RTP)
                : MediaSection.builder("application", "UDP/DTLS/SCTP");
        section.mid(random.nextInt(8) == 0 ? null : "m" + index)
                .at(random.nextInt(65_536), "IN IP4 192.0.2." + random.nextInt(256))
                .direction(oneOf(Direction.values()))
                .bundleOnly(random.nextBoolean())
                .rtcpMux(random.nextBoolean())
                .rtcpReducedSize(random.nextBoolean())
                .extmapAllowMixed(random.nextBoolean())
                .endOfCandidates(random.nextBoolean())
                .transport(transport())
                .msid(msid())
                .sctp(random.nextInt(65_536), random.nextInt(Integer.MAX_VALUE));
        lists(section);
        return rtp
                ? codecs(section).build()
                : section.formats(List.of("webrtc-datachannel")).build();
    }

    private void lists(MediaSectionBuilder section) {
        list(5, this::candidate).forEach(section::candidate);
        list(8, i -> new Extmap(1 + random.nextInt(255), oneOf(Direction.values()), "urn:" + word()))
                .forEach(section::extmap);
        list(8, i -> new SsrcLine(i * 31 - 100, random.nextBoolean() ? word() : null, msid()))
                .forEach(section::ssrc);
        list(3, i -> new SsrcGroup(word(), List.of(random.nextInt(), random.nextInt())))
                .forEach(section::ssrcGroup);
        list(8, i -> new Rid("r" + i, random.nextBoolean(), random.nextBoolean() ? "" : "max-width=" + i + ";pt=96"))
                .forEach(section::rid);
        List<String> sent = list(4, i -> word());
        Set<String> paused = sent.isEmpty() || random.nextBoolean() ? Set.of() : Set.of(sent.getFirst());
        section.simulcast(new Simulcast(sent, list(4, i -> word()), paused));
    }

    private MediaSectionBuilder codecs(MediaSectionBuilder section) {
        int first = random.nextInt(100);
        List<SdpCodec> codecs = list(
                20,
                i -> new SdpCodec(
                        first + i,
                        word(),
                        1 + random.nextInt(100_000),
                        1 + random.nextInt(3),
                        random.nextBoolean() ? "" : word() + "=" + number() + ";x=1",
                        list(3, j -> random.nextBoolean() ? word() : word() + " " + word())));
        section.codecs(codecs);
        List<String> formats = new ArrayList<>();
        codecs.forEach(codec -> formats.add(Integer.toString(codec.payloadType())));
        formats.add("127");
        return section.formats(formats);
    }

    private TransportLines transport() {
        return new TransportLines(
                random.nextBoolean() ? null : "ufrag" + number(),
                random.nextBoolean() ? null : "0123456789abcdefghijkl" + number(),
                list(3, i -> word()),
                list(4, i -> "sha-256 AB:0" + i),
                random.nextBoolean() ? null : oneOf(Setup.values()));
    }

    private Candidate candidate(int index) {
        boolean udp = random.nextBoolean();
        return new Candidate(
                word(),
                1 + random.nextInt(2),
                udp ? "udp" : "tcp",
                random.nextLong(1L << 32),
                random.nextBoolean() ? "198.51.100." + index : "2001:db8::" + index,
                random.nextInt(65_536),
                "host",
                udp ? null : "passive");
    }

    private @Nullable Msid msid() {
        return random.nextBoolean() ? null : new Msid(word(), random.nextBoolean() ? "" : word());
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i <= random.nextInt(8); i++) {
            word.append("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_".charAt(random.nextInt(64)));
        }
        return word.toString();
    }

    private String number() {
        return Long.toUnsignedString(random.nextLong());
    }

    private <T> T oneOf(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private <T> List<T> list(int bound, IntFunction<T> make) {
        return IntStream.range(0, random.nextInt(bound + 1)).mapToObj(make).toList();
    }
}
