package dev.parley.sfu.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.HandLoop;
import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.MediaKind;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.SfuDelay;
import dev.parley.sfu.media.Purpose;
import dev.parley.sfu.rtp.ExtensionIds;
import dev.parley.sfu.rtp.ExtensionType;
import dev.parley.sfu.rtp.HeaderExtensions;
import dev.parley.sfu.rtp.Rtp;
import dev.parley.sfu.rtp.RtpHeaderWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PacedOutputTest implements PacedOutput.Way {
    private static final long MS = 1_000_000;
    private static final int PICTURE = 5;
    private static final int RTX = 6;
    private static final int VOICE = 7;
    private static final ExtensionIds IDS = ExtensionIds.NONE.with(ExtensionType.TRANSPORT_CC, 3);

    private record Left(int ssrc, long index, int number, int bytes, long atNs) {}

    private int due;
    private final HandLoop loop = new HandLoop();
    private final Limits limits = Limits.defaults();
    private final SendBudget budget = new SendBudget(limits, loop.counters(), () -> false);
    private final PacedOutput output = new PacedOutput(this, budget, loop, limits, () -> due++);
    private final RtpHeaderWriter header = new RtpHeaderWriter(IDS, false);
    private final HeaderExtensions extensions = new HeaderExtensions();
    private final List<Left> left = new ArrayList<>();
    private final List<Integer> again = new ArrayList<>();
    private boolean canSend = true;
    private Flow.Protocol protocol = Flow.Protocol.UDP;
    private long index = 1000;

    PacedOutputTest() {
        loop.nowNs(3_000 * MS);
        budget.reportsBy(true, false, true, loop.nowNs());
        budget.wanted(1_000_000);
    }

    @AfterEach
    void nothingIsLeft() {
        output.close();
        assertThat(loop.packets().outstanding()).isZero();
    }

    private boolean send(int ssrc, int bytes) {
        Packet source = loop.packets().take();
        source.length(bytes);
        Packet out = begun(ssrc);
        Purpose purpose = ssrc == RTX ? Purpose.REPAIR : Purpose.MEDIA;
        boolean sent = output.send(out, header, index++, source, 0, bytes, purpose);
        source.release();
        return sent;
    }

    private Packet begun(int ssrc) {
        Packet out = loop.packets().take();
        out.media(ssrc == VOICE ? MediaKind.AUDIO : MediaKind.VIDEO);
        header.writeNew(out, true, 96, (int) index & 0xffff, 0, ssrc, 100);
        out.length(header.length());
        return out;
    }

    /// Pictures until one waits.
    private void fill() {
        int before;
        do {
            before = left.size();
            send(PICTURE, 1000);
        } while (left.size() > before);
    }

    private void pass(long ms) {
        loop.nowNs(loop.nowNs() + ms * MS);
        output.onTime(loop.nowNs());
    }

    private List<Integer> numbers() {
        return left.stream().map(Left::number).toList();
    }

    @Test
    void whatTheBudgetAllowsLeavesAtOnce() {
        send(PICTURE, 1000);
        send(VOICE, 100);
        send(RTX, 500);
        assertThat(left).extracting(Left::ssrc).containsExactly(PICTURE, VOICE, RTX);
        assertThat(left).extracting(Left::bytes).containsExactly(1020, 120, 520);
        assertThat(numbers()).containsExactly(0, 1, 2);
    }

    /// 300 kbit/s: the burst of 50 ms and two packets, then one packet of a thousand bytes each 27 ms.
    @Test
    void theRestLeavesAsFastAsTheLineCarriesIt() {
        fill();
        for (int i = 0; i < 20; i++) {
            send(PICTURE, 1000);
        }
        int atOnce = left.size();
        assertThat(atOnce).isEqualTo(4);
        int wokenUp = 0;
        for (long endNs = loop.nowNs() + 270 * MS; output.nextTimeNs() < endNs; wokenUp++) {
            loop.nowNs(output.nextTimeNs());
            output.onTime(loop.nowNs());
        }
        assertThat(left.size() - atOnce).isBetween(9, 10);
        assertThat(wokenUp).isLessThanOrEqualTo(10);
        assertThat(left).extracting(Left::index).isSorted();
        assertThat(loop.counters().delays(SfuDelay.PACING).count()).isEqualTo(left.size() - atOnce);
    }

    @Test
    void voicesNeverWaitAndNumbersAreInTheOrderOfLeaving() {
        fill();
        send(VOICE, 100);
        send(RTX, 200);
        pass(500);
        List<Left> last = left.subList(left.size() - 3, left.size());
        assertThat(last).extracting(Left::ssrc).containsExactly(VOICE, RTX, PICTURE);
        assertThat(numbers()).isSorted().doesNotHaveDuplicates();
        assertThat(left.getLast().number()).isEqualTo(left.size() - 1);
    }

    @Test
    void probesLeaveAtOnce() {
        fill();
        int before = left.size();
        Packet padding = begun(RTX);
        output.send(padding, header, index++, padding, 0, 0, Purpose.PADDING);
        assertThat(left).hasSize(before + 1);
    }

    @Test
    void aPacketThatWaitsIsNotSentAgain() {
        fill();
        Packet kept = begun(PICTURE);
        kept.retain();
        Packet source = loop.packets().take();
        output.send(kept, header, index++, source, 0, 10, Purpose.MEDIA);
        source.release();
        kept.retain();
        output.sendAgain(kept);
        assertThat(again).isEmpty();
        pass(500);
        kept.retain();
        output.sendAgain(kept);
        assertThat(again).hasSize(1);
        kept.release();
    }

    @Test
    void whatIsSentAgainWaitsAsRepairsDo() {
        fill();
        Packet sealed = begun(PICTURE);
        sealed.retain();
        output.sendAgain(sealed);
        assertThat(again).isEmpty();
        int before = left.size();
        pass(500);
        assertThat(again).hasSize(1);
        assertThat(left).hasSize(before + 1);
        sealed.release();
    }

    @Test
    void nothingWaitsForWhoeverCannotBeSentTo() {
        fill();
        canSend = false;
        assertThat(send(PICTURE, 1000)).isFalse();
        Packet kept = begun(PICTURE);
        canSend = true;
        kept.retain();
        output.send(kept, header, index++, kept, 0, 0, Purpose.MEDIA);
        canSend = false;
        int before = left.size();
        pass(1_000);
        assertThat(left).hasSize(before);
        assertThat(kept.length()).as("plain text").isZero();
        canSend = true;
        pass(1_000);
        output.sendAgain(kept);
        assertThat(again).isEmpty();
    }

    @Test
    void aNumberIsUsedByWhatLeavesOnly() {
        send(PICTURE, 100);
        canSend = false;
        send(VOICE, 100);
        canSend = true;
        send(PICTURE, 100);
        assertThat(numbers()).containsExactly(0, 1);
    }

    @Test
    void aConnectionHasItsOwnQueue() {
        protocol = Flow.Protocol.TCP;
        for (int i = 0; i < 100; i++) {
            send(PICTURE, 1000);
        }
        assertThat(left).hasSize(100);
    }

    // ---- the way ----

    @Override
    public boolean canSend() {
        return canSend;
    }

    @Override
    public boolean takes(int ssrc) {
        return true;
    }

    @Override
    public boolean sendRtp(Packet out, int headerLength, long packetIndex, Packet source, int from, int count) {
        if (canSend) {
            int bytes = out.length() + count;
            int number = extensions.parse(out, IDS) ? out.u16(extensions.offset(ExtensionType.TRANSPORT_CC)) : -1;
            left.add(new Left(Rtp.ssrc(out), packetIndex, number, bytes, loop.nowNs()));
        } else {
            out.length(0);
        }
        out.release();
        return canSend;
    }

    @Override
    public void sendOnSelected(Packet packet) {
        again.add(packet.length());
        packet.release();
    }

    @Override
    public Flow.Protocol protocol() {
        return protocol;
    }

    @Override
    public int rtpOverheadBytes() {
        return 0;
    }
}
