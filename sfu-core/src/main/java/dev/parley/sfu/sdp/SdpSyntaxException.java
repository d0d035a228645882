package dev.parley.sfu.sdp;

/// Ends the parsing of one text; never leaves the parser.
final class SdpSyntaxException extends Exception {
    private static final long serialVersionUID = 1;

    private final int line;

    SdpSyntaxException(int line, String cause) {
        super(cause, null, false, false);
        this.line = line;
    }

    SdpResult.Refused refusal() {
        return new SdpResult.Refused(line, String.valueOf(getMessage()));
    }
}
