package dev.parley.sfu.sdp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gathers `a=rtpmap`, `a=fmtp` and `a=rtcp-fb` of one section; they may come in any order (Firefox sorts them by
/// name). Lines for payload types that are not in the `m=` line are skipped.
final class CodecCollector {
    private static final int PAYLOAD_TYPE_MAX = 127;

    private final Map<Integer, Draft> drafts = LinkedHashMap.newLinkedHashMap(8);
    private final List<String> feedbackOfAll = new ArrayList<>(0);

    /// @param formats of the `m=` line, numbers all of them
    CodecCollector(SdpLines line, List<String> formats, int codecsMax) throws SdpSyntaxException {
        if (formats.size() > codecsMax) {
            throw line.wrong("more than " + codecsMax + " formats");
        }
        for (String format : formats) {
            int number = (int) SdpText.number(format, PAYLOAD_TYPE_MAX);
            if (number < 0) {
                throw line.wrong("m= has a payload type that is not a number of 0 to 127");
            }
            if (drafts.put(number, new Draft(number)) != null) {
                throw line.wrong("payload type " + number + " is there twice");
            }
        }
    }

    boolean take(SdpLines line, String name, String value) throws SdpSyntaxException {
        switch (name) {
            case "rtpmap" -> rtpmap(line, value);
            case "fmtp" -> fmtp(value);
            case "rtcp-fb" -> feedback(value);
            default -> {
                return false;
            }
        }
        return true;
    }

    MediaSectionBuilder into(MediaSectionBuilder section) {
        List<String> formats = new ArrayList<>(drafts.size());
        List<SdpCodec> codecs = new ArrayList<>(drafts.size());
        for (Draft draft : drafts.values()) {
            formats.add(Integer.toString(draft.number));
            if (!draft.name.isEmpty()) {
                codecs.add(draft.codec(feedbackOfAll));
            }
        }
        return drafts.isEmpty() ? section : section.codecs(codecs).formats(formats);
    }

    /// `111 opus/48000/2`
    private void rtpmap(SdpLines line, String value) throws SdpSyntaxException {
        String encoding = SdpText.after(value, ' ').strip();
        String rest = SdpText.after(encoding, '/');
        String name = SdpText.before(encoding, '/');
        int clockRateHz = (int) SdpText.number(SdpText.before(rest, '/'), Integer.MAX_VALUE);
        String channels = SdpText.after(rest, '/');
        int channelCount = channels.isEmpty() ? 1 : (int) SdpText.number(channels, 255);
        if (!SdpText.token(name, 32) || clockRateHz < 1 || channelCount < 1) {
            throw line.wrong("rtpmap is not of the form 'number name/clock rate[/channels]'");
        }
        Draft draft = draft(value);
        if (draft != null && draft.name.isEmpty()) {
            draft.name = name;
            draft.clockRateHz = clockRateHz;
            draft.channels = channelCount;
        }
    }

    private void fmtp(String value) {
        Draft draft = draft(value);
        if (draft != null && draft.parameters.isEmpty()) {
            draft.parameters = SdpText.after(value, ' ').strip();
        }
    }

    private void feedback(String value) {
        String feedback = String.join(" ", SdpText.words(SdpText.after(value, ' ')));
        if (feedback.isEmpty()) {
            return;
        }
        if (SdpText.before(value, ' ').equals("*")) {
            feedbackOfAll.add(feedback);
            return;
        }
        Draft draft = draft(value);
        if (draft != null) {
            draft.feedback.add(feedback);
        }
    }

    private @Nullable Draft draft(String value) {
        return drafts.get((int) SdpText.number(SdpText.before(value, ' '), PAYLOAD_TYPE_MAX));
    }

    private static final class Draft {
        final int number;
        final List<String> feedback = new ArrayList<>(0);
        String name = "";
        int clockRateHz;
        int channels;
        String parameters = "";

        Draft(int number) {
            this.number = number;
        }

        SdpCodec codec(List<String> feedbackOfAll) {
            feedback.addAll(feedbackOfAll);
            return new SdpCodec(number, name, clockRateHz, channels, parameters, feedback);
        }
    }
}
