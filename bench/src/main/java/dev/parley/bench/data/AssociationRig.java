package dev.parley.bench.data;

import dev.parley.bench.report.MeasuredThread;
import dev.parley.bench.report.Pinning;
import dev.parley.bench.synth.Crowd;
import dev.parley.bench.synth.Participant;
import dev.parley.sfu.api.SfuConfig;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.LimitsWith;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.ice.IceClientSettings;
import dev.parley.sfu.server.SfuServer;
import dev.parley.sfu.session.OfferBuilder;
import dev.parley.sfu.synthetic.Publishing;
import java.io.IOException;
import java.util.List;

/// A media engine with one loop and one client with a data channel to it: real ICE, DTLS and SCTP over loopback, each
/// end on a thread of its own. One thread.
final class AssociationRig implements AutoCloseable {
    private static final String LABEL = "bench";

    /// The engine's usual limit is about what a person says, and would be what is measured.
    private static final Limits SERVER = LimitsWith.of("dataMessagesPerSecond", 1_000_000);

    /// Browsers hold more than the engine does: what waits is the page's own.
    private static final Limits CLIENT = LimitsWith.of("sctpSendBytes", 8 * 1024 * 1024);

    private final SfuServer server;
    private final Crowd crowd;
    private final MeasuredThread media;
    private final MeasuredThread participants;
    private final ServerEnd serverEnd;
    private final ClientEnd clientEnd = new ClientEnd();
    private final Participant alice;

    AssociationRig(Pinning pinning) throws IOException {
        this.server = SfuServer.start(new SfuConfig(0, List.of("127.0.0.1"), List.of(), 1, true), SERVER);
        this.media = new MeasuredThread(MeasuredThread.MEDIA);
        media.kernelId().ifPresent(pinning::measured);
        this.crowd = new Crowd(1, IceClientSettings.chromium(), CLIENT);
        this.participants = new MeasuredThread(MeasuredThread.PARTICIPANTS);
        this.serverEnd = new ServerEnd(server.room("data"), LABEL);
        this.alice = crowd.join("alice", Publishing.nothing(), new OfferBuilder().microphone(), serverEnd, clientEnd);
        alice.post(() -> clientEnd.open(alice, LABEL));
        serverEnd.opened().join();
    }

    /// The client sends, the server receives.
    Transfer up(int bytes, int count) {
        Arrivals arrivals = new Arrivals(bytes, count);
        serverEnd.expect(arrivals);
        Outgoing messages = new Outgoing(Numbered.of(bytes), count);
        return measured(() -> alice.post(() -> clientEnd.send(messages)), arrivals, (long) bytes * count);
    }

    /// The server sends, the client receives.
    Transfer down(int bytes, int count) {
        Arrivals arrivals = new Arrivals(bytes, count);
        alice.post(() -> clientEnd.expect(arrivals));
        Outgoing messages = new Outgoing(Numbered.of(bytes), count);
        return measured(() -> serverEnd.send(messages), arrivals, (long) bytes * count);
    }

    private Transfer measured(Runnable begin, Arrivals arrivals, long bytes) {
        long serverNs = media.cpuNs();
        long serverBytes = media.allocatedBytes();
        long clientNs = participants.cpuNs();
        long again = resent();
        long startNs = System.nanoTime();
        begin.run();
        long tookNs = arrivals.await() - startNs;
        return new Transfer(
                bytes,
                tookNs,
                media.cpuNs() - serverNs,
                participants.cpuNs() - clientNs,
                media.allocatedBytes() - serverBytes,
                resent() - again);
    }

    /// Fragments that either end sent once more.
    private long resent() {
        return server.count(SfuCounter.SCTP_RETRANSMITTED) + crowd.counters().get(SfuCounter.SCTP_RETRANSMITTED);
    }

    @Override
    public void close() {
        crowd.close();
        server.close();
    }
}
