package dev.parley.sfu.edge;

import dev.parley.sfu.api.TcpConnection;
import dev.parley.sfu.api.TcpInput;
import java.util.List;

/// The way in for media over TCP: RFC 6544 passive candidates, RFC 4571 frames. It owns no socket; whoever accepted a
/// connection keeps it and gives its bytes, and the loop that its first check names does all the rest. Callable from
/// any thread.
public final class TcpEdge {
    private final List<LoopRef> loops;
    private final UfragOwner owners;

    TcpEdge(List<LoopRef> loops, UfragOwner owners) {
        this.loops = loops;
        this.owners = owners;
    }

    public TcpInput accept(TcpConnection connection) {
        return new FirstFrame(connection, loops, owners);
    }
}
