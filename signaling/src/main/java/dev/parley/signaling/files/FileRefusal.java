package dev.parley.signaling.files;

/// A request for a file that was not carried out. `detail` is for the one who sent it and names nobody.
public final class FileRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final long NONE = -1;

    private final FileFault fault;
    private final long offset;

    public FileRefusal(FileFault fault, String detail) {
        this(fault, detail, NONE);
    }

    private FileRefusal(FileFault fault, String detail, long offset) {
        super(detail, null, false, false);
        this.fault = fault;
        this.offset = offset;
    }

    static FileRefusal wrongOffset(long right) {
        return new FileRefusal(FileFault.WRONG_OFFSET, "there is a gap before it: go on at " + right, right);
    }

    static FileRefusal notFound() {
        return new FileRefusal(FileFault.NOT_FOUND, "no such upload of yours");
    }

    public FileFault fault() {
        return fault;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    /// Where the next part begins; negative where that was not the question.
    public long offset() {
        return offset;
    }
}
