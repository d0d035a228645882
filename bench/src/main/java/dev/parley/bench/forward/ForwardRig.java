package dev.parley.bench.forward;

import dev.parley.bench.report.Child;
import dev.parley.bench.report.Figures;
import dev.parley.bench.report.MeasuredThread;
import dev.parley.bench.report.Pinning;
import dev.parley.bench.report.ProcFiles;
import dev.parley.bench.synth.Crowd;
import dev.parley.bench.synth.Door;
import dev.parley.bench.synth.EngineDoor;
import dev.parley.bench.synth.Participant;
import dev.parley.sfu.api.SfuConfig;
import dev.parley.sfu.api.Via;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.ice.IceClientSettings;
import dev.parley.sfu.ice.IceRole;
import dev.parley.sfu.server.SfuServer;
import dev.parley.sfu.session.OfferBuilder;
import dev.parley.sfu.srtp.SrtpProfile;
import dev.parley.sfu.synthetic.Publishing;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A media engine with one loop, a publisher in another process, and subscribers who joined for real and then stopped
/// reading. One thread.
final class ForwardRig implements AutoCloseable {

    /// Each begins with a key frame: one opens the feeds, one is seen, and reports come each second.
    private static final int FIRST_SLICES = 3;

    private final ForwardSize size;
    private final SfuServer server;
    private final MeasuredThread thread;
    private final Child publisher;
    private final Crowd crowd;
    private final SrtpProfile profile;
    private final Figures usPerPacket = new Figures();
    private final double[] began;
    private long forwarded;
    private long due;
    private long allocated;

    ForwardRig(ForwardSize size, Pinning pinning) throws IOException {
        this.size = size;
        this.server = SfuServer.start(new SfuConfig(0, List.of("127.0.0.1"), List.of(), 1, true));
        this.thread = new MeasuredThread(MeasuredThread.MEDIA);
        thread.kernelId().ifPresent(pinning::measured);
        Door door = new EngineDoor(server.room("forward"), Via.WEB);
        this.publisher = new Child(Child.java(PublisherMain.class, size.publisherWords()));
        letIn(publisher, door);
        this.crowd = new Crowd(1, patient());
        this.profile = fill(door);
        this.began = ProcFiles.userAndSystem(thread.kernelId().orElse(0));
    }

    private static void letIn(Child publisher, Door door) {
        String offer = PipeDoor.decode(publisher.expect(PipeDoor.OFFER));
        Door.Admitted admitted = door.enter(new Door.Visitor("alice", offer, List.of()))
                .toCompletableFuture()
                .join();
        publisher.say(PipeDoor.ANSWER + PipeDoor.encode(admitted.answer()));
        publisher.expect("CONNECTED");
    }

    /// Subscribers come in, see and report what the publisher sends, and stop reading.
    private SrtpProfile fill(Door door) {
        for (int i = 0; i < size.destinations(); i++) {
            OfferBuilder offer = new OfferBuilder().pairs(1);
            crowd.join("subscriber" + i, Publishing.nothing(), offer, door);
        }
        for (int i = 0; i < FIRST_SLICES; i++) {
            slice(size.perSecond());
        }
        crowd.here().forEach(Participant::deafen);
        return crowd.here().getFirst().profile();
    }

    /// Who gets no answers, because it does not read, and asks for consent nevertheless, each 4 s, for ever.
    private static IceClientSettings patient() {
        long everyNs = TimeUnit.SECONDS.toNanos(4);
        long foreverNs = TimeUnit.DAYS.toNanos(1);
        IceClientSettings usual = IceClientSettings.chromium();
        return new IceClientSettings(
                IceRole.CONTROLLING,
                usual.paceNs(),
                usual.unansweredIntervalNs(),
                List.of(),
                everyNs,
                usual.checkJitterNs(),
                everyNs,
                false,
                foreverNs,
                foreverNs);
    }

    SrtpProfile profile() {
        return profile;
    }

    /// The publisher sends so many packets to the server.
    void slice(int packets) {
        long expected = forwardedSoFar() + (long) packets * size.destinations();
        publisher.say("SERVER " + packets);
        publisher.expect("SENT");
        Settling.await(this::forwardedSoFar, expected);
    }

    /// The same to the floor.
    void slice(Floor floor, int packets) {
        long expected = floor.mark().received() + packets;
        publisher.say("FLOOR " + floor.port() + " " + packets);
        publisher.expect("SENT");
        Settling.await(() -> floor.mark().received(), expected);
    }

    /// As `slice`, and what it took of the loop's thread.
    void measure(int packets) {
        long cpuNs = thread.cpuNs();
        long bytes = thread.allocatedBytes();
        long before = forwardedSoFar();
        slice(packets);
        long now = forwardedSoFar() - before;
        usPerPacket.add((thread.cpuNs() - cpuNs) / 1e3 / now);
        allocated += thread.allocatedBytes() - bytes;
        forwarded += now;
        due += (long) packets * size.destinations();
    }

    /// As many packets that are not the publisher's, from its address.
    ///
    /// @return microseconds of the loop's thread for each
    double forged(int packets) {
        long cpuNs = thread.cpuNs();
        long before = refusedSoFar();
        publisher.say("FORGED " + packets);
        publisher.expect("SENT");
        Settling.await(this::refusedSoFar, before + packets);
        return (thread.cpuNs() - cpuNs) / 1e3 / (refusedSoFar() - before);
    }

    private long refusedSoFar() {
        return server.count(SfuCounter.SRTP_AUTH_FAILED);
    }

    private long forwardedSoFar() {
        return server.count(SfuCounter.RTP_FORWARDED_VIDEO)
                + server.count(SfuCounter.RTP_FORWARDED_AUDIO)
                - server.count(SfuCounter.SEND_BLOCKED)
                - server.count(SfuCounter.SEND_FAILED);
    }

    Figures usPerPacket() {
        return usPerPacket;
    }

    double allocatedPerPacket() {
        return (double) allocated / forwarded;
    }

    double loss() {
        return 1 - (double) forwarded / due;
    }

    /// Since everybody was there.
    double kernelShare() {
        return ProcFiles.kernelShare(thread.kernelId().orElse(0), began);
    }

    String transport() {
        return server.info().transport();
    }

    @Override
    public void close() {
        publisher.close();
        crowd.close();
        server.close();
    }
}
