package dev.parley.bench.forward;

/// What is forwarded to how many.
///
/// @param kind `video` or `audio`
/// @param bytes of RTP payload
/// @param group packets that the publisher sends at once
/// @param perSecond packets that it sends
record ForwardSize(String kind, int bytes, int destinations, int group, int perSecond) {
    ForwardSize {
        require(kind.equals("video") || kind.equals("audio"), "--kind is video or audio, not " + kind);
        require(bytes >= 40 && bytes <= 1_400, "--bytes must be 40 to 1400, got " + bytes);
        require(destinations >= 1 && destinations <= 2_000, "--destinations must be 1 to 2000, got " + destinations);
        require(group >= 1 && group <= 64, "--group must be 1 to 64, got " + group);
        require(perSecond >= group && perSecond <= 100_000, "--rate must be the group to 100000, got " + perSecond);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    String[] publisherWords() {
        return new String[] {kind, Integer.toString(bytes), Integer.toString(perSecond), Integer.toString(group)};
    }
}
