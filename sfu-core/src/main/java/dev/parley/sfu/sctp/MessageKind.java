package dev.parley.sfu.sctp;

/// What a message is to a page: a string or bytes, [RFC 8831 §8](https://www.rfc-editor.org/rfc/rfc8831#section-8).
/// An empty message has a number of its own and goes as one byte, because SCTP has none.
public enum MessageKind {
    TEXT(51, 56),
    BINARY(53, 57);

    private final int ppid;
    private final int emptyPpid;

    MessageKind(int ppid, int emptyPpid) {
        this.ppid = ppid;
        this.emptyPpid = emptyPpid;
    }

    int ppid(boolean empty) {
        return empty ? emptyPpid : ppid;
    }

    boolean isEmpty(int number) {
        return number == emptyPpid;
    }

    boolean has(int number) {
        return number == ppid || number == emptyPpid;
    }
}
