package dev.parley.sfu.edge;

import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.SfuCounter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The TCP connections of one loop's endpoints, by flow. One loop only.
final class LoopStreams {
    private final MediaLoop loop;
    private final Map<Flow, MediaStream> streams = new HashMap<>();
    private final OncePerTurn<MediaStream> written = new OncePerTurn<>();
    private @Nullable MediaStream lastFound;

    LoopStreams(MediaLoop loop) {
        this.loop = loop;
    }

    int size() {
        return streams.size();
    }

    void opened(MediaStream stream) {
        MediaStream former = find(stream.flow());
        if (former != null) {
            closed(former); // its end waits behind this begin
        }
        lastFound = null;
        streams.put(stream.flow(), stream);
    }

    /// The other end closed it, or talks what cannot be understood.
    void closed(MediaStream stream) {
        if (forget(stream)) {
            stream.close();
            Endpoint endpoint = stream.endpoint();
            if (endpoint != null && loop.table().has(endpoint)) {
                gone(endpoint, stream.flow());
            }
        }
    }

    void bound(Endpoint endpoint, Flow flow) {
        MediaStream stream = find(flow);
        if (stream != null) {
            stream.bind(endpoint);
        }
    }

    /// An endpoint that has no use for a connection any more closes it: nobody else can have one.
    void unbound(Endpoint endpoint, Flow flow) {
        MediaStream stream = find(flow);
        if (stream != null && stream.endpoint() == endpoint) {
            forget(stream);
            stream.finish(loop.nowNs());
        }
    }

    void remove(Endpoint endpoint) {
        for (MediaStream stream : List.copyOf(streams.values())) {
            if (stream.endpoint() == endpoint) {
                unbound(endpoint, stream.flow());
            }
        }
    }

    boolean takes(int ssrc, Flow flow) {
        MediaStream stream = find(flow);
        return stream != null && stream.takes(ssrc, loop.nowNs());
    }

    /// Takes over the packet.
    void send(Packet packet, Flow flow) {
        MediaStream stream = find(flow);
        if (stream == null) {
            loop.counters().add(SfuCounter.SEND_NO_SOCKET);
            packet.release();
        } else {
            stream.send(packet, loop.nowNs());
            written.add(stream);
        }
    }

    /// The connection has taken something: there is room for more at the end of the turn.
    void drained(MediaStream stream) {
        written.add(stream);
    }

    void flush() {
        while (!written.isEmpty()) {
            written.take().flush(loop.nowNs());
        }
    }

    private boolean forget(MediaStream stream) {
        lastFound = null;
        return streams.remove(stream.flow(), stream);
    }

    private void gone(Endpoint endpoint, Flow flow) {
        loop.touched(endpoint.timed());
        try {
            endpoint.gone(flow, loop.nowNs());
        } catch (Throwable fault) {
            loop.endpointFailed(endpoint, fault);
        }
    }

    private @Nullable MediaStream find(Flow flow) {
        MediaStream last = lastFound;
        if (last != null && (last.flow() == flow || last.flow().equals(flow))) {
            return last;
        }
        lastFound = streams.get(flow);
        return lastFound;
    }
}
