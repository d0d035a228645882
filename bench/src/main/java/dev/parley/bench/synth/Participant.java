package dev.parley.bench.synth;

import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.Timed;
import dev.parley.sfu.dtls.DtlsFailure;
import dev.parley.sfu.ice.IceClientState;
import dev.parley.sfu.rtp.Rtp;
import dev.parley.sfu.rtp.synthetic.SyntheticReceiver;
import dev.parley.sfu.rtp.synthetic.SyntheticStream;
import dev.parley.sfu.sctp.DataChannelListener;
import dev.parley.sfu.sctp.DataChannels;
import dev.parley.sfu.sdp.Candidate;
import dev.parley.sfu.session.ClientSession;
import dev.parley.sfu.session.Demux;
import dev.parley.sfu.session.Negotiated;
import dev.parley.sfu.session.OfferBuilder;
import dev.parley.sfu.session.OfferDialect;
import dev.parley.sfu.session.Proposal;
import dev.parley.sfu.srtp.SrtpProfile;
import dev.parley.sfu.synthetic.Publishing;
import dev.parley.sfu.synthetic.SyntheticBrowser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One synthetic participant: a browser's media over a client session over a socket of its own. Public methods may be
/// called from any thread, the rest on the crowd's loop.
public final class Participant extends Timed
        implements ClientSession.Listener, SyntheticBrowser.Way, SyntheticReceiver.Watcher {
    private final Crowd crowd;
    private final SynthLoop loop;
    private final ClientSession session;
    private final SyntheticBrowser media;
    private final CompletableFuture<SrtpProfile> connected = new CompletableFuture<>();
    private LongConsumer latencies = _ -> {};
    private Runnable sayLeave = () -> {};
    private @Nullable SynthSocket socket;
    private boolean deaf;
    private boolean gone;

    Participant(Crowd crowd, int number, String name, Publishing publishing, @Nullable DataChannelListener data) {
        this.crowd = crowd;
        this.loop = crowd.loop();
        this.session = new ClientSession(crowd.settings(), name, OfferDialect.chromium(), this);
        this.media = new SyntheticBrowser(
                number,
                name,
                publishing,
                crowd.origins(),
                loop.packets(),
                this,
                crowd.settings().rng());
        media.receiver().watch(this);
        if (data != null) {
            session.offerData(data);
        }
    }

    /// Its media; to be used within `ask` only.
    public SyntheticBrowser media() {
        return media;
    }

    /// Its data channels; to be used on the loop only.
    ///
    /// @throws IllegalStateException when there are none
    public DataChannels data() {
        DataChannels channels = session.data();
        if (channels == null) {
            throw new IllegalStateException(media.receiver().name() + " has no data channels");
        }
        return channels;
    }

    /// Time as data channels count it; on the loop only.
    public long nowNs() {
        return loop.nowNs();
    }

    /// Runs later on the loop.
    public void post(Runnable command) {
        loop.post(command);
    }

    /// Runs on the loop and waits for the result.
    public <T> T ask(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, loop::post).join();
    }

    /// Completed when keys exist; fails with the reason why they never will.
    CompletableFuture<SrtpProfile> connected() {
        return connected;
    }

    /// What the handshake chose.
    public SrtpProfile profile() {
        return connected.join();
    }

    /// Hears how long each packet was on its way from a publisher of the same crowd. Called on the loop.
    public void onLatency(LongConsumer heardNs) {
        loop.post(() -> latencies = heardNs);
    }

    /// Only goes on asking for consent: reads nothing any more, and says nothing about what it gets.
    public void deafen() {
        ask(() -> {
            deaf = true;
            loop.forget(this);
            if (socket != null) {
                socket.deafen();
            }
            return deaf;
        });
    }

    // ---- coming and going ----

    void enter(OfferBuilder offer, Door door) {
        loop.post(() -> {
            Proposal proposal = session.propose(offer.take());
            String name = media.receiver().name();
            door.enter(new Door.Visitor(name, proposal.offer(), media.announced()))
                    .whenComplete((admitted, refusal) -> {
                        if (admitted == null) {
                            connected.completeExceptionally(refusal);
                        } else {
                            loop.post(() -> admitted(proposal, admitted));
                        }
                    });
        });
    }

    private void admitted(Proposal proposal, Door.Admitted admitted) {
        sayLeave = admitted.leave();
        try {
            Negotiated negotiated = session.accept(proposal, admitted.answer());
            SynthSocket opened = new SynthSocket(loop, nearest(negotiated.remoteCandidates()), this::receive);
            socket = opened;
            media.negotiated(negotiated);
            session.start(negotiated, List.of(opened.flow()));
        } catch (IOException | RuntimeException e) {
            connected.completeExceptionally(e);
        }
    }

    /// The first loopback address that the server names, else the first of all.
    private static InetSocketAddress nearest(List<Candidate> candidates) {
        List<InetSocketAddress> addresses = candidates.stream()
                .filter(candidate -> candidate.udp() && candidate.port() != 0)
                .map(candidate -> new InetSocketAddress(InetAddress.ofLiteral(candidate.address()), candidate.port()))
                .toList();
        return addresses.stream()
                .filter(address -> address.getAddress().isLoopbackAddress())
                .findFirst()
                .or(() -> addresses.stream().findFirst())
                .orElseThrow(() -> new IllegalArgumentException("the answer has no UDP candidate"));
    }

    /// Says goodbye and is gone.
    public void leave() {
        loop.post(() -> {
            gone = true;
            sayLeave.run();
            session.close();
            loop.forget(this);
            if (socket != null) {
                socket.close();
            }
        });
    }

    // ---- the socket ----

    private void receive(Packet packet) {
        SynthSocket own = socket;
        if (own == null || gone) {
            return;
        }
        if (!session.connected() && Demux.of(packet) == Demux.Kind.RTP) {
            media.receiver().lostOnTheWay(packet.toBytes()); // it has overtaken the end of the handshake
            return;
        }
        Demux.Kind plain = session.receive(packet, own.flow(), packet.arrivalNs());
        if (plain == Demux.Kind.RTP) {
            media.onRtp(packet, packet.arrivalNs());
        } else if (plain == Demux.Kind.RTCP) {
            media.onRtcp(packet, packet.arrivalNs());
        }
    }

    @Override
    public void send(Packet datagram, Flow flow) {
        SynthSocket own = socket;
        if (own == null) {
            datagram.release();
        } else {
            own.send(datagram);
        }
    }

    // ---- the session ----

    @Override
    public void connected(SrtpProfile profile, long nowNs) {
        media.connected(nowNs);
        loop.touched(this);
        connected.complete(profile);
    }

    @Override
    public void iceState(IceClientState state) {
        if (state == IceClientState.FAILED) {
            connected.completeExceptionally(new IOException("nobody answered the checks"));
        }
    }

    @Override
    public void handshakeFailed(DtlsFailure reason) {
        connected.completeExceptionally(new IOException("the handshake failed: " + reason));
    }

    @Override
    public void closed() {}

    // ---- the media ----

    @Override
    public void sendRtp(Packet packet, int headerLength, long index) {
        SyntheticStream stream = media.publisher().stream(Rtp.ssrc(packet));
        if (stream != null) {
            crowd.sentTimes().sent(stream, stream.sent() - 1, System.nanoTime());
        }
        session.sendRtp(packet, headerLength, index);
    }

    /// Puts a datagram on the wire that nobody protected. Takes it over.
    public void sendAsItIs(Packet datagram) {
        if (socket == null) {
            datagram.release();
        } else {
            socket.send(datagram);
        }
    }

    @Override
    public void sendRtcp(Packet packet) {
        session.sendRtcp(packet);
    }

    @Override
    public void arrived(int ssrc, SyntheticStream origin, long counter, boolean repair, long arrivalNs) {
        long sentNs = crowd.sentTimes().of(origin, counter);
        if (sentNs != 0 && !repair) {
            latencies.accept(arrivalNs - sentNs);
        }
    }

    @Override
    public void onTime(long nowNs) {
        media.onTime(nowNs);
    }

    @Override
    public long nextTimeNs() {
        return session.connected() && !deaf ? media.nextTimeNs() : Deadlines.NEVER;
    }
}
