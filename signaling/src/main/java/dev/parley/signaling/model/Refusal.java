package dev.parley.signaling.model;

/// A request that was not carried out. `detail` is for the one who sent it and names nobody else.
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final RefusalCode code;

    public Refusal(RefusalCode code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    public RefusalCode code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
