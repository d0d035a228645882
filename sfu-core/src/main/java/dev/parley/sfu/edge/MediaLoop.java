package dev.parley.sfu.edge;

import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Loop;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.base.Timed;
import io.netty.channel.SingleThreadEventLoop;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One event loop and all that it owns: packets, counters, sockets, endpoints and their deadlines. `post`, `inLoop`,
/// `index` and `load` may be called from any thread, everything else on the loop only.
///
/// A turn begins with the first datagram, command or timer of an iteration of Netty's loop, and ends with it: then
/// whatever is due is called, then what asked for the end of the turn, then packets for other loops are handed over,
/// and at last each socket is flushed once.
public final class MediaLoop implements Loop {
    private static final Logger log = LoggerFactory.getLogger(MediaLoop.class);

    /// Packets kept for the next burst: 8 MiB a loop at most.
    private static final int IDLE_PACKETS_MAX = 4096;

    private final int index;
    private final SingleThreadEventLoop eventLoop;
    private final Limits limits;
    private final PacketPool packets = new PacketPool(IDLE_PACKETS_MAX);
    private final Counters counters = new Counters();
    private final SessionTable table = new SessionTable();
    private final LoopSockets sockets;
    private final LoopStreams streams;
    private final LoopTurn turn;
    private final LoopCommands commands;
    private final Delivery delivery;
    private List<MediaLoop> all = List.of();
    private volatile int load;

    MediaLoop(int index, SingleThreadEventLoop eventLoop, Limits limits, UfragOwner owners) {
        this.index = index;
        this.eventLoop = eventLoop;
        this.limits = limits;
        this.sockets = new LoopSockets(counters, limits);
        this.streams = new LoopStreams(this);
        this.turn = new LoopTurn(eventLoop, this::timerFailed, this::commandFailed, this::flush);
        this.commands = new LoopCommands(eventLoop, turn, this::commandFailed);
        this.delivery = new Delivery(this, table, owners);
    }

    /// Once, before anything else.
    void join(List<MediaLoop> loops) {
        all = List.copyOf(loops);
        delivery.join(all);
    }

    public int index() {
        return index;
    }

    /// How many endpoints there are, as of a moment ago.
    public int load() {
        return load;
    }

    @Override
    public void post(Runnable command) {
        commands.post(command);
    }

    @Override
    public boolean inLoop() {
        return eventLoop.inEventLoop();
    }

    @Override
    public long nowNs() {
        return turn.nowNs();
    }

    @Override
    public void touched(Timed timed) {
        turn.begin();
        turn.timers().touched(timed);
    }

    @Override
    public void forget(Timed timed) {
        turn.timers().forget(timed);
    }

    @Override
    public void atEndOfTurn(Runnable action) {
        turn.begin();
        turn.atEnd(action);
    }

    @Override
    public PacketPool packets() {
        return packets;
    }

    @Override
    public Counters counters() {
        return counters;
    }

    public Limits limits() {
        return limits;
    }

    /// From now on STUN requests that name the endpoint are delivered to it, and it is called when it is due.
    ///
    /// @return false when the loop is full or the ufrag is taken
    public boolean add(Endpoint endpoint) {
        if (table.size() >= limits.sessionsPerLoop()) {
            counters.add(SfuCounter.LIMIT_SESSIONS);
            return false;
        }
        if (!table.add(endpoint)) {
            return false;
        }
        load = table.size();
        touched(endpoint.timed());
        return true;
    }

    /// A further ufrag, after an ICE restart; the one before stays, any older one is forgotten.
    ///
    /// @return false when the endpoint is not here or the ufrag is taken
    public boolean alias(Endpoint endpoint, String ufrag) {
        return table.alias(endpoint, ufrag);
    }

    /// The endpoint is over: its ufrags, flows and deadline are gone on every loop.
    public void remove(Endpoint endpoint) {
        if (table.has(endpoint)) {
            forget(endpoint.timed());
            streams.remove(endpoint);
            table.remove(endpoint).forEach(flow -> tellOthers(other -> other.table.unlearn(flow, endpoint)));
            load = table.size();
        }
    }

    /// The endpoint has authenticated this flow: what comes on it is delivered to it from now on, whichever loop reads
    /// it. The one who bound a flow last has it.
    public void bound(Endpoint endpoint, Flow flow) {
        if (flow.protocol() == Flow.Protocol.TCP) {
            streams.bound(endpoint, flow);
        } else if (table.bind(endpoint, flow, index)) {
            Route route = new Route(flow, index, endpoint, null);
            tellOthers(other -> other.table.learn(route));
        }
    }

    public void unbound(Endpoint endpoint, Flow flow) {
        if (flow.protocol() == Flow.Protocol.TCP) {
            streams.unbound(endpoint, flow);
        } else if (table.unbind(endpoint, flow)) {
            tellOthers(other -> other.table.unlearn(flow, endpoint));
        }
    }

    /// Takes over the packet and sends it at the end of the turn, from this loop's socket for `flow.local` or through
    /// the flow's own connection.
    public void send(Packet packet, Flow flow) {
        turn.begin();
        if (flow.protocol() == Flow.Protocol.TCP) {
            streams.send(packet, flow);
        } else {
            sockets.send(packet, flow);
        }
    }

    /// Whether a picture's packets under this SSRC find room on the flow now.
    public boolean takes(int ssrc, Flow flow) {
        return flow.protocol() != Flow.Protocol.TCP || streams.takes(ssrc, flow);
    }

    // What the parts of the edge need of a loop:

    LoopSockets sockets() {
        return sockets;
    }

    LoopStreams streams() {
        return streams;
    }

    SessionTable table() {
        return table;
    }

    LoopTurn turn() {
        return turn;
    }

    LoopCommands commands() {
        return commands;
    }

    Delivery delivery() {
        return delivery;
    }

    SingleThreadEventLoop eventLoop() {
        return eventLoop;
    }

    /// Ends one endpoint because of a fault of ours; the loop and all others go on.
    void endpointFailed(Endpoint endpoint, Throwable fault) {
        counters.add(SfuCounter.PARTICIPANT_FAILED);
        log.error("An endpoint failed and is ended", fault);
        remove(endpoint);
        try {
            endpoint.failed(fault);
        } catch (Throwable second) {
            log.error("An endpoint failed again while it was ended", second);
        }
    }

    private void timerFailed(Timed timed, Throwable fault) {
        for (Endpoint endpoint : table.endpoints()) {
            if (endpoint.timed() == timed) {
                endpointFailed(endpoint, fault);
                return;
            }
        }
        counters.add(SfuCounter.COMMAND_FAILED);
        log.error("A timer of a loop failed; it is called again when it is touched", fault);
    }

    private void commandFailed(Throwable fault) {
        counters.add(SfuCounter.COMMAND_FAILED);
        log.error("A command on a loop failed", fault);
    }

    private void flush() {
        delivery.flush();
        sockets.flush();
        streams.flush();
        if (counters.anyForwarded()) {
            counters.flushed(System.nanoTime());
        }
    }

    private void tellOthers(Consumer<MediaLoop> news) {
        for (MediaLoop other : all) {
            if (other != this) {
                other.post(() -> news.accept(other));
            }
        }
    }
}
