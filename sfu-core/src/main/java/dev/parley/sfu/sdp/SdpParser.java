package dev.parley.sfu.sdp;

import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Mid;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Text to records: one pass, each limit checked as soon as it can be breached, nothing thrown. Lines that we do not
/// know are skipped, as RFC 8866 section 5 wants it; lines that we know must be right.
public final class SdpParser {
    private final Limits limits;
    private final SdpLines line;
    private final TransportCollector transport = new TransportCollector();
    private final List<Group> groups = new ArrayList<>();
    private final List<MediaSection> sections = new ArrayList<>();
    private final List<Integer> sectionLines = new ArrayList<>();
    private final Set<String> mids = new HashSet<>();
    private Direction direction = Direction.SENDRECV;
    private @Nullable Origin origin;
    private @Nullable SectionParser section;
    private boolean iceLite;
    private boolean extmapAllowMixed;
    private int sessionLines;

    private SdpParser(String text, Limits limits) {
        this.limits = limits;
        this.line = new SdpLines(text, limits.sdpLineBytes());
    }

    public static SdpResult parse(String text, Limits limits) {
        if (text.length() > limits.sdpBytes()) {
            return tooLong(text, limits.sdpBytes());
        }
        try {
            return new SdpParser(text, limits).parse();
        } catch (SdpSyntaxException e) {
            return e.refusal();
        }
    }

    /// Names the line in which the limit is crossed.
    private static SdpResult tooLong(String text, int max) {
        int lines = 1;
        for (int i = 0; i < max; i++) {
            lines += text.charAt(i) == '\n' ? 1 : 0;
        }
        return new SdpResult.Refused(lines, "text of " + text.length() + " characters, at most " + max + " are taken");
    }

    private SdpResult parse() throws SdpSyntaxException {
        if (!line.next() || line.type() != 'v' || !line.value().equals("0")) {
            throw new SdpSyntaxException(1, "does not begin with v=0");
        }
        while (line.next()) {
            if (line.type() == 'm') {
                startSection();
            } else if (section != null) {
                section.take(line);
            } else {
                sessionLine();
            }
        }
        endSection();
        if (origin == null) {
            throw line.wrong("no o= line");
        }
        SessionDescription description =
                new SessionDescription(origin, groups, iceLite, extmapAllowMixed, transport.lines(), sections);
        return new SdpResult.Parsed(description, sectionLines);
    }

    private void startSection() throws SdpSyntaxException {
        endSection();
        if (sectionLines.size() == limits.sdpSections()) {
            throw line.wrong("more than " + limits.sdpSections() + " media sections");
        }
        sectionLines.add(line.number());
        section = new SectionParser(line, limits, direction);
    }

    private void endSection() throws SdpSyntaxException {
        if (section == null) {
            return;
        }
        MediaSection ended = section.end();
        if (ended.mid() != null && !mids.add(ended.mid())) {
            throw new SdpSyntaxException(sectionLines.getLast(), "mid " + ended.mid() + " is there twice");
        }
        sections.add(ended);
    }

    private void sessionLine() throws SdpSyntaxException {
        if (++sessionLines > limits.sdpSectionLines()) {
            throw line.wrong("more than " + limits.sdpSectionLines() + " lines before the first media section");
        }
        if (line.type() == 'o') {
            origin = origin();
        } else if (line.type() == 'a') {
            attribute(SdpText.before(line.value(), ':'), SdpText.after(line.value(), ':'));
        }
    }

    private Origin origin() throws SdpSyntaxException {
        List<String> words = SdpText.words(line.value());
        if (words.size() != 6 || !unsigned(words.get(1)) || !unsigned(words.get(2))) {
            throw line.wrong("o= is not of the form 'user id version IN IP4 address'");
        }
        return new Origin(words.get(0), words.get(1), words.get(2), words.get(4), words.get(5));
    }

    /// Digits only; some take the time in nanoseconds, others 64 random bits.
    private static boolean unsigned(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() <= 20;
    }

    private void attribute(String name, String value) throws SdpSyntaxException {
        Direction named = Direction.named(name);
        if (named != null) {
            direction = named;
        } else if (!transport.take(line, name, value)) {
            switch (name) {
                case "group" -> group(value);
                case "ice-lite" -> iceLite = true;
                case "extmap-allow-mixed" -> extmapAllowMixed = true;
                default -> {}
            }
        }
    }

    private void group(String value) throws SdpSyntaxException {
        List<String> words = SdpText.words(value);
        if (words.isEmpty()) {
            throw line.wrong("group without semantics");
        }
        for (String word : words) {
            if (!SdpText.token(word, Mid.LENGTH_MAX)) {
                throw line.wrong("group names something that is no mid");
            }
        }
        groups.add(new Group(words.getFirst(), words.subList(1, words.size())));
    }
}
