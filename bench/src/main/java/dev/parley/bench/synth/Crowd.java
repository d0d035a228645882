package dev.parley.bench.synth;

import dev.parley.bench.report.MeasuredThread;
import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.dtls.DtlsCertificate;
import dev.parley.sfu.dtls.DtlsEndpoint;
import dev.parley.sfu.dtls.DtlsRunner;
import dev.parley.sfu.dtls.HalfOpenHandshakes;
import dev.parley.sfu.ice.IceClientSettings;
import dev.parley.sfu.rtp.synthetic.Origins;
import dev.parley.sfu.sctp.DataChannelListener;
import dev.parley.sfu.session.ClientSettings;
import dev.parley.sfu.session.OfferBuilder;
import dev.parley.sfu.srtp.SrtpCipherSuite;
import dev.parley.sfu.synthetic.Publishing;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Synthetic participants who may meet: one loop, one certificate, and what each of them may see of the others. Used
/// from one thread.
public final class Crowd implements AutoCloseable {
    private static final long JOIN_SECONDS = 60;
    private static final int HANDSHAKES_MAX = 256;
    private static final String THREAD = MeasuredThread.PARTICIPANTS;

    private final SynthLoop loop;
    private final ClientSettings settings;
    private final Origins origins = new Origins();
    private final SentTimes sentTimes = new SentTimes();
    private final List<Participant> here = new ArrayList<>();
    private int count;

    /// @param seed of what they publish, not of their keys
    public Crowd(long seed) throws IOException {
        this(seed, IceClientSettings.chromium());
    }

    public Crowd(long seed, IceClientSettings ice) throws IOException {
        this(seed, ice, Limits.defaults());
    }

    public Crowd(long seed, IceClientSettings ice, Limits limits) throws IOException {
        this.loop = new SynthLoop(THREAD);
        DtlsCertificate certificate = DtlsCertificate.generate(new SecureRandom(), Instant.now());
        DtlsEndpoint.warmUp(certificate, limits);
        this.settings = new ClientSettings(
                loop,
                limits,
                Rng.seeded(seed),
                certificate,
                DtlsRunner.offLoop(loop, new HalfOpenHandshakes(HANDSHAKES_MAX)),
                SrtpCipherSuite.JCE,
                ice);
    }

    SynthLoop loop() {
        return loop;
    }

    ClientSettings settings() {
        return settings;
    }

    Origins origins() {
        return origins;
    }

    SentTimes sentTimes() {
        return sentTimes;
    }

    /// Somebody comes in and has keys when this returns.
    ///
    /// @throws IllegalStateException when that failed or took too long
    public Participant join(String name, Publishing publishing, OfferBuilder offer, Door door) {
        return join(name, publishing, offer, door, null);
    }

    /// The same with data channels.
    ///
    /// @param data hears of them on the loop, from which it may call back; null offers none
    public Participant join(
            String name, Publishing publishing, OfferBuilder offer, Door door, @Nullable DataChannelListener data) {
        Participant participant = new Participant(this, count++, name, publishing, data);
        here.add(participant);
        participant.enter(offer, door);
        try {
            participant.connected().get(JOIN_SECONDS, TimeUnit.SECONDS);
            return participant;
        } catch (ExecutionException e) {
            throw new IllegalStateException(name + " could not join", e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException(name + " had no keys after " + JOIN_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// What their transports counted; to be read on the loop, or as of a moment ago.
    public Counters counters() {
        return loop.counters();
    }

    public List<Participant> here() {
        return here;
    }

    /// Everybody leaves.
    public void leave() {
        here.forEach(Participant::leave);
        here.clear();
    }

    @Override
    public void close() {
        leave();
        loop.close();
    }
}
