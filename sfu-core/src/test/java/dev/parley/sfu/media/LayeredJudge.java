package dev.parley.sfu.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.HeaderExtensions;
import dev.parley.sfu.rtp.Rtp;
import dev.parley.sfu.rtp.codec.Vp8Descriptor;
import dev.parley.sfu.rtp.codec.Vp9Descriptor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Judges what one viewer was sent: it knows what every frame needs, because the frames say so in what the
/// server must not look at.
final class LayeredJudge {
    /// One number of ours.
    ///
    /// @param part null when the number went out empty
    /// @param pictureId,tl0PicIdx,frameNumber -1 when the packet has none
    record Sent(
            long index,
            byte[] datagram,
            int payloadAt,
            long sentNs,
            LayeredFrame.@Nullable Part part,
            int timestamp,
            boolean marker,
            int pictureId,
            int tl0PicIdx,
            int frameNumber) {
        LayeredFrame frame() {
            return Objects.requireNonNull(part).frame();
        }
    }

    /// A frame in the order of its first number.
    record Shown(LayeredFrame frame, Sent first, int parts, boolean whole) {}

    private final LayerPattern pattern;
    private final boolean sealed;
    private final TreeMap<Long, Sent> byIndex = new TreeMap<>();
    private final PacketPool packets = new PacketPool(0);
    private final HeaderExtensions extensions = new HeaderExtensions();
    private final Vp8Descriptor vp8 = new Vp8Descriptor();
    private final Vp9Descriptor vp9 = new Vp9Descriptor();

    LayeredJudge(LayerPattern pattern, boolean sealed) {
        this.pattern = pattern;
        this.sealed = sealed;
    }

    void sent(long index, byte[] datagram, int headerLength, long nowNs) {
        note(index, datagram, headerLength, nowNs);
    }

    private void note(long index, byte[] datagram, int payloadAt, long nowNs) {
        Packet p = packets.take(datagram);
        assertThat(Rtp.valid(p)).isTrue();
        assertThat(extensions.parse(p, LayeredViewer.IDS)).isTrue();
        int descriptorAt = extensions.offset(ExtensionType.DEPENDENCY_DESCRIPTOR);
        int length = datagram.length - payloadAt;
        int head = length == 0 ? 0 : headLength(p, payloadAt, length);
        byte[] body = LayeredViewer.payload(datagram, payloadAt + head);
        LayeredFrame.Part part = length == 0 ? null : LayeredFrame.read(sealed ? LayeredEncoder.sealed(body) : body, 0);
        assertThat(length == 0 || part != null).as("payload is as it was made").isTrue();
        boolean isVp8 = length > 0 && pattern == LayerPattern.VP8;
        boolean isVp9 = length > 0 && pattern == LayerPattern.VP9;
        Sent sent = new Sent(
                index,
                datagram,
                payloadAt,
                nowNs,
                part,
                Rtp.timestamp(p),
                Rtp.marker(p),
                isVp8 ? vp8.pictureId() : isVp9 ? vp9.pictureId() : -1,
                isVp8 ? vp8.tl0PicIdx() : isVp9 ? vp9.tl0PicIdx() : -1,
                descriptorAt < 0 ? -1 : p.u16(descriptorAt + 1));
        assertThat(byIndex.put(index, sent)).as("no number twice").isNull();
        assertThat(length == 0 || descriptorAt >= 0 == pattern.described).isTrue();
    }

    private int headLength(Packet p, int at, int length) {
        return switch (pattern) {
            case VP8 -> {
                assertThat(vp8.parse(p, at, length)).isTrue();
                yield vp8.length() + (vp8.startsFrame() ? 3 : 0);
            }
            case VP9 -> {
                assertThat(vp9.parse(p, at, length)).isTrue();
                yield vp9.length();
            }
            default -> 1;
        };
    }

    /// A retransmission came: it must be the packet that was sent under the number. What was late for a stretch
    /// that had long ended may come in no other way.
    void repaired(long index, byte[] datagram, int headerLength, long nowNs) {
        Sent first = byIndex.get(index);
        if (first == null) {
            note(index, datagram, headerLength + 2, nowNs);
            return;
        }
        Packet again = packets.take(datagram);
        assertThat(LayeredViewer.payload(datagram, headerLength + 2))
                .isEqualTo(LayeredViewer.payload(first.datagram, first.payloadAt));
        assertThat(Rtp.timestamp(again)).isEqualTo(first.timestamp);
        assertThat(Rtp.marker(again)).isEqualTo(first.marker);
    }

    List<Sent> all() {
        return List.copyOf(byIndex.values());
    }

    /// Numbers that went out with nothing in them.
    long empty() {
        return byIndex.values().stream().filter(sent -> sent.part == null).count();
    }

    /// Numbers between the first and the last that never went out.
    long holes() {
        return byIndex.isEmpty() ? 0 : byIndex.lastKey() - byIndex.firstKey() + 1 - byIndex.size();
    }

    private List<Long> beforeHoles() {
        return byIndex.keySet().stream()
                .filter(index -> index < byIndex.lastKey() && !byIndex.containsKey(index + 1))
                .toList();
    }

    /// Frames of which something was sent, in their order.
    List<Shown> frames() {
        List<Shown> shown = new ArrayList<>();
        Sent first = null;
        int parts = 0;
        for (Sent sent : byIndex.values()) {
            if (sent.part == null) {
                continue;
            }
            if (first != null && !sent.frame().equals(first.frame())) {
                shown.add(shown(first, parts));
                first = null;
            }
            parts = first == null ? 1 : parts + 1;
            first = first == null ? sent : first;
        }
        if (first != null) {
            shown.add(shown(first, parts));
        }
        return shown;
    }

    private static Shown shown(Sent first, int parts) {
        return new Shown(
                first.frame(),
                first,
                parts,
                parts == Objects.requireNonNull(first.part).packets());
    }

    /// Everything that must hold whatever the network did, but for the packets that never came to the server.
    ///
    /// @param unreached how many these were
    void verdict(int unreached) {
        assertThat(holes())
                .as("numbers that never went out, behind %s", beforeHoles())
                .isLessThanOrEqualTo(unreached);
        List<Shown> frames = frames();
        decodable(frames, unreached);
        numbers(frames, unreached);
        markers();
    }

    /// Each frame has all that it needs: so it was whole, and what it needs went out before it.
    private static void decodable(List<Shown> frames, int unreached) {
        Set<Integer> there = new HashSet<>();
        int encoding = -1;
        int undecodable = 0;
        int cut = 0;
        for (int i = 0; i < frames.size(); i++) {
            LayeredFrame frame = frames.get(i).frame;
            boolean begins = frame.key() && frame.spatial() == 0;
            if (begins) {
                there.clear();
            }
            assertThat(begins || frame.encoding() == encoding)
                    .as("another encoding begins with a key frame: %s", frame)
                    .isTrue();
            encoding = frame.encoding();
            boolean last = i == frames.size() - 1 || beginsAnew(frames.get(i + 1).frame, encoding);
            cut += frames.get(i).whole || last ? 0 : 1;
            boolean has = there.containsAll(frame.needs());
            undecodable += has ? 0 : 1;
            assertThat(has || unreached > 0)
                    .as("needs what was not sent: %s", frame)
                    .isTrue();
            if (has && frames.get(i).whole) {
                there.add(frame.number());
            }
        }
        assertThat(cut).as("frames of which a part was left out").isLessThanOrEqualTo(unreached);
        // what one lost packet takes with it, up to the next key frame
        assertThat(undecodable).isLessThanOrEqualTo(unreached * 100);
    }

    private static boolean beginsAnew(LayeredFrame frame, int encoding) {
        return frame.encoding() != encoding || (frame.key() && frame.spatial() == 0);
    }

    private void numbers(List<Shown> frames, int unreached) {
        int gaps = 0;
        for (int i = 1; i < frames.size(); i++) {
            Sent before = frames.get(i - 1).first;
            Sent sent = frames.get(i).first;
            boolean samePicture = sent.frame().unit() == before.frame().unit()
                    && sent.frame().encoding() == before.frame().encoding();
            int ticks = sent.timestamp - before.timestamp;
            assertThat(samePicture ? ticks == 0 : ticks > 0)
                    .as("timestamp of %s", sent.frame())
                    .isTrue();
            if (pattern == LayerPattern.VP8) {
                int step = sent.pictureId - before.pictureId & 0x7fff;
                assertThat(step).as("picture id of %s", sent.frame()).isBetween(1, 100);
                gaps += step - 1;
                boolean base = sent.frame().temporal() == 0;
                int expected = before.tl0PicIdx + (base ? 1 : 0) & 0xff;
                assertThat(sent.tl0PicIdx == expected || unreached > 0)
                        .as("TL0PICIDX of %s", sent.frame())
                        .isTrue();
            }
            if (pattern.described) {
                assertThat((short) (sent.frameNumber - before.frameNumber))
                        .as("frame number of %s", sent.frame())
                        .isPositive();
            }
        }
        assertThat(gaps).as("picture ids that nobody gets").isLessThanOrEqualTo((int) empty() + unreached);
    }

    /// The marker is on the last packet of each picture and nowhere else.
    private void markers() {
        Sent before = null;
        for (Sent sent : byIndex.values()) {
            boolean neighbours = before != null && before.part != null && before.index + 1 == sent.index;
            if (neighbours && before != null && sent.part != null) {
                boolean another = before.timestamp != sent.timestamp;
                boolean whole = before.part != null && before.part.packet() == before.part.packets() - 1;
                assertThat(before.marker).as("marker before %s", sent.frame()).isEqualTo(another && whole);
            }
            before = sent;
        }
    }
}
