package dev.parley.bench.synth;

import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.dtls.DtlsCertificate;
import dev.parley.sfu.dtls.DtlsEndpoint;
import dev.parley.sfu.dtls.DtlsRunner;
import dev.parley.sfu.dtls.HalfOpenHandshakes;
import dev.parley.sfu.ice.IceClientSettings;
import dev.parley.sfu.rtp.synthetic.Origins;
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

/// Synthetic participants who may meet: one loop, one certificate, and what each of them may see of the others. Used
/// from one thread.
public final class Crowd implements AutoCloseable {
    private static final long JOIN_SECONDS = 20;
    private static final int HANDSHAKES_MAX = 256;

    private final SynthLoop loop;
    private final ClientSettings settings;
    private final Origins origins = new Origins();
    private final SentTimes sentTimes = new SentTimes();
    private final List<Participant> here = new ArrayList<>();
    private int count;

    public Crowd(long seed) throws IOException {
        this(seed, IceClientSettings.chromium());
    }

    /// @param seed of what they publish, not of their keys
    public Crowd(long seed, IceClientSettings ice) throws IOException {
        this.loop = new SynthLoop("participants");
        Limits limits = Limits.defaults();
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
        Participant participant = new Participant(this, count++, name, publishing);
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
