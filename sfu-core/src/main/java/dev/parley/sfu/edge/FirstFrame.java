package dev.parley.sfu.edge;

import dev.parley.sfu.api.TcpConnection;
import dev.parley.sfu.api.TcpInput;
import dev.parley.sfu.base.Bytes;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.stream.FrameReader;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The begin of a TCP connection: collects its first frame, reads from it which loop the connection belongs to, and
/// from
/// then on passes everything there. Called by the connection's owner, one thread at a time.
final class FirstFrame implements TcpInput {
    /// A browser's check has about 110 bytes; a longer first frame is none.
    static final int BYTES_MAX = 1024;

    private final TcpConnection connection;
    private final List<LoopRef> loops;
    private final UfragOwner owners;
    private byte[] collected = {};
    private @Nullable MediaLoop loop;
    private @Nullable MediaStream stream;
    private boolean over;

    FirstFrame(TcpConnection connection, List<LoopRef> loops, UfragOwner owners) {
        this.connection = connection;
        this.loops = loops;
        this.owners = owners;
    }

    @Override
    public void bytes(byte[] bytes) {
        MediaLoop named = loop;
        MediaStream open = stream;
        if (named != null && open != null) {
            named.post(() -> open.read(bytes));
        } else if (!over) {
            collect(bytes);
        }
    }

    @Override
    public void closed() {
        over = true;
        MediaLoop named = loop;
        MediaStream open = stream;
        if (named != null && open != null) {
            named.post(() -> named.streams().closed(open));
        }
    }

    private void collect(byte[] bytes) {
        int before = collected.length;
        collected = Arrays.copyOf(collected, before + bytes.length);
        System.arraycopy(bytes, 0, collected, before, bytes.length);
        if (collected.length < FrameReader.PREFIX_BYTES) {
            connection.more();
            return;
        }
        int length = Bytes.u16(collected, 0);
        if (length > BYTES_MAX) {
            refuse(SfuCounter.TOO_LONG);
        } else if (collected.length < FrameReader.PREFIX_BYTES + length) {
            connection.more();
        } else {
            open(length);
        }
    }

    private void open(int length) {
        String ufrag = StunPeek.localUfrag(collected, FrameReader.PREFIX_BYTES, FrameReader.PREFIX_BYTES + length);
        int owner = ufrag == null ? -1 : owners.loopOf(ufrag);
        if (owner < 0 || owner >= loops.size()) {
            refuse(ufrag == null ? SfuCounter.STUN_MALFORMED : SfuCounter.STUN_UNKNOWN_UFRAG);
            return;
        }
        MediaLoop named = loops.get(owner).loop();
        MediaStream opened = new MediaStream(named, connection);
        byte[] first = collected;
        collected = new byte[0];
        loop = named;
        stream = opened;
        named.post(() -> {
            named.streams().opened(opened);
            opened.read(first);
        });
    }

    private void refuse(SfuCounter reason) {
        over = true;
        collected = new byte[0];
        loops.getFirst().run(media -> media.counters().add(reason));
        connection.close();
    }
}
