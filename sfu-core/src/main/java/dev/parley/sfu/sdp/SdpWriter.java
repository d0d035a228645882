package dev.parley.sfu.sdp;

import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Records to text, lines ended by CRLF. Writes what it is given: whatever came from a peer has been through
/// `SdpParser`, which lets no line end through.
public final class SdpWriter {
    private final StringBuilder text = new StringBuilder(8192);

    private SdpWriter() {}

    public static String write(SessionDescription description) {
        SdpWriter writer = new SdpWriter();
        writer.session(description);
        for (MediaSection section : description.sections()) {
            writer.section(section);
        }
        return writer.text.toString();
    }

    /// A fragment, RFC 8840 section 9: what a lite agent says of its transport, in one section for all of the bundle.
    public static String writeFragment(List<Group> groups, MediaSection section) {
        SdpWriter writer = new SdpWriter();
        writer.flag("ice-lite", true);
        writer.groups(groups);
        writer.heading(section);
        writer.transport(section.transport());
        writer.candidates(section);
        return writer.text.toString();
    }

    private void session(SessionDescription description) {
        Origin origin = description.origin();
        line("v=0");
        line("o=" + origin.username() + " " + origin.sessionId() + " " + origin.sessionVersion() + " IN "
                + origin.addressType() + " " + origin.address());
        line("s=-");
        line("t=0 0");
        groups(description.groups());
        flag("ice-lite", description.iceLite());
        flag("extmap-allow-mixed", description.extmapAllowMixed());
        transport(description.transport());
    }

    private void groups(List<Group> groups) {
        for (Group group : groups) {
            attribute("group", words(group.semantics(), group.mids()));
        }
    }

    private void heading(MediaSection section) {
        line("m=" + section.kind() + " " + section.port() + " " + words(section.protocol(), section.formats()));
        line("c=" + section.connection());
        optional("mid", section.mid());
    }

    private void section(MediaSection section) {
        heading(section);
        line("a=" + section.direction().sdpName());
        flag("bundle-only", section.bundleOnly());
        transport(section.transport());
        candidates(section);
        flag("rtcp-mux", section.rtcpMux());
        flag("rtcp-rsize", section.rtcpReducedSize());
        flag("extmap-allow-mixed", section.extmapAllowMixed());
        section.extmaps().forEach(this::extmap);
        section.codecs().forEach(this::codec);
        encodings(section);
        sources(section);
        sctp(section);
    }

    private void transport(TransportLines transport) {
        optional("ice-ufrag", transport.iceUfrag());
        optional("ice-pwd", transport.icePwd());
        if (!transport.iceOptions().isEmpty()) {
            attribute("ice-options", String.join(" ", transport.iceOptions()));
        }
        for (String fingerprint : transport.fingerprints()) {
            attribute("fingerprint", fingerprint);
        }
        if (transport.setup() != null) {
            attribute("setup", transport.setup().sdpName());
        }
    }

    private void candidates(MediaSection section) {
        for (Candidate candidate : section.candidates()) {
            attribute("candidate", CandidateText.write(candidate));
        }
        flag("end-of-candidates", section.endOfCandidates());
    }

    private void extmap(Extmap extmap) {
        String direction = extmap.direction() == Direction.SENDRECV
                ? ""
                : "/" + extmap.direction().sdpName();
        attribute("extmap", extmap.id() + direction + " " + extmap.uri());
    }

    private void codec(SdpCodec codec) {
        String channels = codec.channels() == 1 ? "" : "/" + codec.channels();
        attribute("rtpmap", codec.payloadType() + " " + codec.name() + "/" + codec.clockRateHz() + channels);
        for (String feedback : codec.feedback()) {
            attribute("rtcp-fb", codec.payloadType() + " " + feedback);
        }
        if (!codec.parameters().isEmpty()) {
            attribute("fmtp", codec.payloadType() + " " + codec.parameters());
        }
    }

    private void encodings(MediaSection section) {
        for (Rid rid : section.rids()) {
            String parameters = rid.parameters().isEmpty() ? "" : " " + rid.parameters();
            attribute("rid", rid.id() + (rid.send() ? " send" : " recv") + parameters);
        }
        Simulcast simulcast = section.simulcast();
        if (!simulcast.isEmpty()) {
            String send = simulcast.send().isEmpty() ? "" : "send " + streams(simulcast, simulcast.send());
            String receive = simulcast.receive().isEmpty() ? "" : "recv " + streams(simulcast, simulcast.receive());
            attribute("simulcast", (send + " " + receive).strip());
        }
    }

    private void sources(MediaSection section) {
        if (section.msid() != null) {
            attribute("msid", MsidText.write(section.msid()));
        }
        for (SsrcGroup group : section.ssrcGroups()) {
            StringBuilder value = new StringBuilder(group.semantics());
            for (int ssrc : group.ssrcs()) {
                value.append(' ').append(Integer.toUnsignedString(ssrc));
            }
            attribute("ssrc-group", value.toString());
        }
        section.ssrcs().forEach(this::ssrc);
    }

    private void ssrc(SsrcLine source) {
        String number = Integer.toUnsignedString(source.ssrc());
        if (source.cname() != null) {
            attribute("ssrc", number + " cname:" + source.cname());
        }
        if (source.msid() != null) {
            attribute("ssrc", number + " msid:" + MsidText.write(source.msid()));
        }
        if (source.cname() == null && source.msid() == null) {
            attribute("ssrc", number);
        }
    }

    private void sctp(MediaSection section) {
        if (section.sctpPort() > 0) {
            attribute("sctp-port", Integer.toString(section.sctpPort()));
        }
        if (section.maxMessageBytes() > 0) {
            attribute("max-message-size", Integer.toString(section.maxMessageBytes()));
        }
    }

    private static String words(String first, List<String> others) {
        return others.isEmpty() ? first : first + " " + String.join(" ", others);
    }

    private void optional(String name, @Nullable String value) {
        if (value != null) {
            attribute(name, value);
        }
    }

    private void attribute(String name, String value) {
        text.append("a=").append(name).append(':').append(value).append("\r\n");
    }

    private void flag(String name, boolean set) {
        if (set) {
            text.append("a=").append(name).append("\r\n");
        }
    }

    private void line(String line) {
        text.append(line).append("\r\n");
    }

    private static String streams(Simulcast simulcast, List<String> rids) {
        StringJoiner streams = new StringJoiner(";");
        rids.forEach(rid -> streams.add(simulcast.paused().contains(rid) ? "~" + rid : rid));
        return streams.toString();
    }
}
