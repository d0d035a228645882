package dev.parley.sfu.sdp;

import dev.parley.sfu.base.Mid;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Gathers `a=rid` and `a=simulcast` of one section, RFC 8851 and RFC 8853.
final class EncodingCollector {
    private final List<Rid> rids = new ArrayList<>(0);
    private final Set<String> ids = HashSet.newHashSet(0);
    private final int ridsMax;
    private Simulcast simulcast = Simulcast.NONE;

    EncodingCollector(int ridsMax) {
        this.ridsMax = ridsMax;
    }

    boolean take(SdpLines line, String name, String value) throws SdpSyntaxException {
        switch (name) {
            case "rid" -> rid(line, value);
            case "simulcast" -> simulcast(line, value);
            default -> {
                return false;
            }
        }
        return true;
    }

    void into(MediaSectionBuilder section) {
        rids.forEach(section::rid);
        section.simulcast(simulcast);
    }

    /// `q send pt=96;max-width=320`
    private void rid(SdpLines line, String value) throws SdpSyntaxException {
        List<String> words = SdpText.words(value);
        boolean directed = words.size() >= 2
                && (words.get(1).equals("send") || words.get(1).equals("recv"));
        if (!directed || !SdpText.ridCharacters(words.getFirst(), Mid.LENGTH_MAX)) {
            throw line.wrong("rid is not of the form 'id send|recv [restrictions]'");
        }
        if (!ids.add(words.getFirst())) {
            throw line.wrong("rid " + words.getFirst() + " is there twice");
        }
        if (rids.size() == ridsMax) {
            throw line.wrong("more than " + ridsMax + " rids");
        }
        String parameters = String.join(" ", words.subList(2, words.size()));
        rids.add(new Rid(words.getFirst(), words.get(1).equals("send"), parameters));
    }

    /// `send q;h;f recv x`, in an older draft `send rid=q;h;f`
    private void simulcast(SdpLines line, String value) throws SdpSyntaxException {
        List<String> words = SdpText.words(value);
        List<String> send = List.of();
        List<String> receive = List.of();
        Set<String> paused = new HashSet<>();
        if (words.isEmpty() || words.size() % 2 != 0) {
            throw line.wrong("simulcast is not of the form 'send|recv ids'");
        }
        for (int i = 0; i < words.size(); i += 2) {
            switch (words.get(i)) {
                case "send" -> send = streams(line, words.get(i + 1), paused);
                case "recv" -> receive = streams(line, words.get(i + 1), paused);
                default -> throw line.wrong("simulcast names a direction that is neither send nor recv");
            }
        }
        simulcast = new Simulcast(send, receive, paused);
    }

    private List<String> streams(SdpLines line, String text, Set<String> paused) throws SdpSyntaxException {
        String list = text.startsWith("rid=") ? text.substring(4) : text;
        List<String> streams = new ArrayList<>();
        for (int start = 0; start <= list.length(); ) {
            int end = list.indexOf(';', start);
            end = end < 0 ? list.length() : end;
            String first = SdpText.before(list.substring(start, end), ',');
            String id = first.startsWith("~") ? first.substring(1) : first;
            if (!SdpText.ridCharacters(id, Mid.LENGTH_MAX)) {
                throw line.wrong("simulcast names something that is no rid");
            }
            if (streams.size() == ridsMax) {
                throw line.wrong("more than " + ridsMax + " simulcast streams");
            }
            streams.add(id);
            if (first.startsWith("~")) {
                paused.add(id);
            }
            start = end + 1;
        }
        return streams;
    }
}
