package dev.parley.sfu.sdp;

import dev.parley.sfu.base.Limits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of a description that tells candidates, or the credentials of an ICE restart,
/// [RFC 8840 §9](https://www.rfc-editor.org/rfc/rfc8840#section-9):
///
///     a=ice-ufrag:EsAw
///     a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1
///     m=audio 9 RTP/AVP 0
///     a=mid:1
///     a=candidate:1 1 udp 2130706431 192.0.2.1 5000 typ host
///     a=end-of-candidates
///
/// All media is bundled, so the first credentials hold wherever they stand.
public record SdpFragment(
        @Nullable String ufrag, @Nullable String pwd, List<Candidate> candidates, boolean endOfCandidates) {
    /// What became of a text: a fragment, or the first line that is wrong and why.
    public sealed interface Result permits Parsed, Refused {}

    public record Parsed(SdpFragment fragment) implements Result {}

    /// @param line counted from 1
    public record Refused(int line, String cause) implements Result {}

    public SdpFragment {
        candidates = List.copyOf(candidates);
    }

    public static Result parse(String text, Limits limits) {
        try {
            return new Parsed(new Reader(text, limits).read());
        } catch (SdpSyntaxException e) {
            SdpResult.Refused refused = e.refusal();
            return new Refused(refused.line(), refused.cause());
        }
    }

    /// One pass over one text.
    private static final class Reader {
        private final Limits limits;
        private final SdpLines line;
        private final TransportCollector transport = new TransportCollector();
        private final List<Candidate> candidates = new ArrayList<>();
        private int candidatesRead;
        private boolean endOfCandidates;

        Reader(String text, Limits limits) {
            this.limits = limits;
            this.line = new SdpLines(text, limits.sdpLineBytes());
        }

        SdpFragment read() throws SdpSyntaxException {
            while (line.next()) {
                if (line.number() > limits.sdpSectionLines()) {
                    throw line.wrong("more than " + limits.sdpSectionLines() + " lines");
                }
                if (line.type() == 'a') {
                    attribute(SdpText.before(line.value(), ':'), SdpText.after(line.value(), ':'));
                }
            }
            TransportLines lines = transport.lines();
            boolean half = (lines.iceUfrag() == null) != (lines.icePwd() == null);
            if (half) {
                throw line.wrong("a=ice-ufrag and a=ice-pwd come together");
            }
            if (lines.iceUfrag() == null && candidatesRead == 0 && !endOfCandidates) {
                throw line.wrong("neither credentials nor candidates");
            }
            return new SdpFragment(lines.iceUfrag(), lines.icePwd(), candidates, endOfCandidates);
        }

        private void attribute(String name, String value) throws SdpSyntaxException {
            if (name.equals("end-of-candidates")) {
                endOfCandidates = true;
            } else if (name.equals("candidate")) {
                candidate(value);
            } else {
                transport.take(line, name, value);
            }
        }

        /// As in a whole description: one that we cannot read is one more that we cannot use.
        private void candidate(String value) throws SdpSyntaxException {
            if (++candidatesRead > limits.sdpCandidates()) {
                throw line.wrong("more than " + limits.sdpCandidates() + " candidates");
            }
            Candidate candidate = CandidateText.parse(value);
            if (candidate != null) {
                candidates.add(candidate);
            }
        }
    }
}
