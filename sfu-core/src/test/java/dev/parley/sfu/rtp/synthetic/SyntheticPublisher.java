package dev.parley.sfu.rtp.synthetic;

import dev.parley.sfu.rtp.rtcp.RtcpVisitor;
import dev.parley.sfu.rtp.rtcp.RtcpWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one client publishes, and how it answers the server's RTCP: NACKs by RTX, key-frame requests by a key frame, a
/// receiver report by leaving MID and RID out. One thread.
public final class SyntheticPublisher implements RtcpVisitor {
    private final List<SyntheticVideo> videos = new ArrayList<>();
    private final List<SyntheticAudio> audios = new ArrayList<>();
    private final Map<Integer, SyntheticStream> bySsrc = new HashMap<>();
    private final Map<Integer, Runnable> keyFrames = new HashMap<>();
    private int keyFrameRequests;

    public void add(SyntheticVideo video) {
        videos.add(video);
        List<SyntheticStream> streams = video.streams();
        for (int i = 0; i < streams.size(); i++) {
            int encoding = i;
            add(streams.get(i));
            keyFrames.put(streams.get(i).numbers().ssrc(), () -> video.keyFrame(encoding));
        }
    }

    public void add(SyntheticAudio audio) {
        audios.add(audio);
        add(audio.stream());
    }

    private void add(SyntheticStream stream) {
        bySsrc.put(stream.numbers().ssrc(), stream);
    }

    public long nextTimeNs() {
        long next = Long.MAX_VALUE;
        for (SyntheticVideo video : videos) {
            next = Math.min(next, video.nextTimeNs());
        }
        for (SyntheticAudio audio : audios) {
            next = Math.min(next, audio.nextTimeNs());
        }
        return next;
    }

    public void onTime(long nowNs) {
        for (SyntheticVideo video : videos) {
            video.onTime(nowNs);
        }
        for (SyntheticAudio audio : audios) {
            audio.onTime(nowNs);
        }
    }

    /// Adds a sender report of each stream that fits.
    public void senderReports(RtcpWriter writer, long nowNs, long wallOffsetNs) {
        for (SyntheticStream stream : bySsrc.values()) {
            stream.senderReport(writer, nowNs, wallOffsetNs);
        }
    }

    /// A datagram that never reached the server; its RTP header is readable although the rest is encrypted.
    public void lostOnTheWay(byte[] datagram) {
        SyntheticStream stream = Wire.isRtp(datagram) ? bySsrc.get(Wire.ssrc(datagram)) : null;
        if (stream != null) {
            stream.lostOnTheWay(Wire.sequence(datagram));
        }
    }

    /// A datagram that came to the server.
    public void reachedServer(byte[] datagram) {
        SyntheticStream stream = Wire.isRtp(datagram) ? bySsrc.get(Wire.ssrc(datagram)) : null;
        if (stream != null) {
            stream.reachedServer(Wire.sequence(datagram));
        }
    }

    public @Nullable SyntheticStream stream(int ssrc) {
        return bySsrc.get(ssrc);
    }

    /// All streams, media SSRCs only.
    public Iterable<SyntheticStream> streams() {
        return bySsrc.values();
    }

    public int keyFrameRequests() {
        return keyFrameRequests;
    }

    @Override
    public void nack(int senderSsrc, int mediaSsrc, int pid, int blp) {
        SyntheticStream stream = bySsrc.get(mediaSsrc);
        if (stream != null) {
            stream.resend(pid);
            for (int rest = blp; rest != 0; rest &= rest - 1) {
                stream.resend(pid + 1 + Integer.numberOfTrailingZeros(rest) & 0xffff);
            }
        }
    }

    @Override
    public void pli(int mediaSsrc) {
        Runnable request = keyFrames.get(mediaSsrc);
        if (request != null) {
            keyFrameRequests++;
            request.run();
        }
    }

    @Override
    public void fir(int mediaSsrc, int seqNr) {
        pli(mediaSsrc);
    }

    @Override
    public void reportBlock(
            int senderSsrc,
            int mediaSsrc,
            int fractionLost,
            int cumulativeLost,
            int highestSeq,
            int jitter,
            int lsr,
            int dlsr) {
        bySsrc.values().forEach(stream -> stream.known(mediaSsrc));
    }
}
