package dev.parley.sfu.sdp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Gathers `a=ssrc` and `a=ssrc-group` of one section, RFC 5576; the several lines of a source become one record.
final class SourceCollector {
    private static final long SSRC_MAX = 0xffff_ffffL;

    private final Map<Integer, SsrcLine> sources = LinkedHashMap.newLinkedHashMap(0);
    private final List<SsrcGroup> groups = new ArrayList<>(0);
    private final int sourcesMax;

    SourceCollector(int sourcesMax) {
        this.sourcesMax = sourcesMax;
    }

    boolean take(SdpLines line, String name, String value) throws SdpSyntaxException {
        switch (name) {
            case "ssrc" -> ssrc(line, value);
            case "ssrc-group" -> group(line, value);
            default -> {
                return false;
            }
        }
        return true;
    }

    void into(MediaSectionBuilder section) {
        sources.values().forEach(section::ssrc);
        groups.forEach(section::ssrcGroup);
    }

    /// `1998918049 cname:Kvd1eubbuXWn7IoE`
    private void ssrc(SdpLines line, String value) throws SdpSyntaxException {
        int ssrc = number(line, SdpText.before(value, ' '));
        SsrcLine known = sources.getOrDefault(ssrc, new SsrcLine(ssrc, null, null));
        String attribute = SdpText.after(value, ' ');
        String text = SdpText.after(attribute, ':').strip();
        SsrcLine more = switch (SdpText.before(attribute, ':')) {
            case "cname" -> text.isEmpty() ? known : new SsrcLine(ssrc, text, known.msid());
            case "msid" -> new SsrcLine(ssrc, known.cname(), MsidText.parse(text));
            default -> known;
        };
        sources.put(ssrc, more);
        if (sources.size() > sourcesMax) {
            throw line.wrong("more than " + sourcesMax + " SSRCs");
        }
    }

    private void group(SdpLines line, String value) throws SdpSyntaxException {
        List<String> words = SdpText.words(value);
        if (words.size() < 2 || words.size() > sourcesMax + 1 || !SdpText.token(words.getFirst(), 32)) {
            throw line.wrong("ssrc-group is not of the form 'semantics ssrc...'");
        }
        List<Integer> ssrcs = new ArrayList<>(words.size() - 1);
        for (String word : words.subList(1, words.size())) {
            ssrcs.add(number(line, word));
        }
        groups.add(new SsrcGroup(words.getFirst(), ssrcs));
    }

    private static int number(SdpLines line, String text) throws SdpSyntaxException {
        long ssrc = SdpText.number(text, SSRC_MAX);
        if (ssrc < 0) {
            throw line.wrong("an SSRC is not a number of 32 bits");
        }
        return (int) ssrc;
    }
}
