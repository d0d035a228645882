package dev.parley.sfu.sctp.rx;

import dev.parley.sfu.sctp.packet.DataChunk;
import dev.parley.sfu.sctp.packet.ForwardTsnChunk;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts messages together from fragments, within a limit of memory: what a fragment costs beside its bytes counts,
/// because a peer may send them with one byte each. One loop's thread.
public final class ReassemblyQueue {
    private final boolean interleaved;
    private final int limitBytes;
    private final int messageBytesMax;
    private final int streamsMax;
    private final Map<Integer, StreamReassembly> streams = new HashMap<>();
    private final ArrayDeque<ReceivedMessage> done = new ArrayDeque<>();
    private int cost;

    /// @param limitBytes of memory
    /// @param messageBytesMax of one message, as announced to the peer
    /// @param streamsMax that the peer may use; the caller sees to it for what is added
    public ReassemblyQueue(boolean interleaved, int limitBytes, int messageBytesMax, int streamsMax) {
        this.interleaved = interleaved;
        this.limitBytes = limitBytes;
        this.messageBytesMax = messageBytesMax;
        this.streamsMax = streamsMax;
    }

    public boolean isFull() {
        return cost >= limitBytes;
    }

    /// Beyond this not even what closes a gap is taken.
    public boolean isOverfull() {
        return cost >= limitBytes + limitBytes / 4;
    }

    /// What the peer is told it may send.
    public int window() {
        return Math.max(0, limitBytes - cost);
    }

    public int cost() {
        return cost;
    }

    /// Takes a fragment with a TSN that is new. False when its message is longer than what was announced.
    public boolean add(DataChunk chunk, long tsnIndex) {
        StreamReassembly stream = stream(chunk.header().stream());
        int before = stream.cost();
        byte[] bytes = Arrays.copyOfRange(chunk.array(), chunk.offset(), chunk.offset() + chunk.length());
        int soFar = stream.add(chunk.header(), tsnIndex, bytes, done);
        cost += stream.cost() - before;
        return soFar <= messageBytesMax;
    }

    /// The peer has given messages up.
    public void skip(ForwardTsnChunk forward, long newCumulative) {
        for (ForwardTsnChunk.Skipped skipped : forward.skipped()) {
            if (skipped.stream() >= streamsMax) {
                continue;
            }
            StreamReassembly stream = stream(skipped.stream());
            int before = stream.cost();
            stream.skip(skipped.unordered(), skipped.number(), done);
            cost += stream.cost() - before;
        }
        if (!interleaved) {
            streams.values().forEach(stream -> skipLoose(stream, newCumulative));
        }
    }

    private void skipLoose(StreamReassembly stream, long newCumulative) {
        int before = stream.cost();
        stream.skipLoose(newCumulative);
        cost += stream.cost() - before;
    }

    /// The peer begins again with number 0 on a stream.
    public void reset(int streamId) {
        StreamReassembly stream = streams.remove(streamId);
        if (stream != null) {
            cost -= stream.cost();
        }
    }

    /// Streams that have carried something and were not reset.
    public int[] knownStreams() {
        return streams.keySet().stream().mapToInt(id -> id).toArray();
    }

    /// The next message that is whole and whose turn it is, or null.
    public @Nullable ReceivedMessage poll() {
        return done.poll();
    }

    private StreamReassembly stream(int id) {
        StreamReassembly known = streams.get(id);
        if (known == null) {
            known = new StreamReassembly(id, interleaved);
            streams.put(id, known);
        }
        return known;
    }
}
