package dev.parley.sfu.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecordCursorTest {
    @Test
    void readsTheRecordsOfADatagram() {
        byte[] datagram =
                HexFormat.of().parseHex("14fefd00000000000000050001" + "01" + "15fefd0001000100000002000201" + "00");
        RecordCursor cursor = new RecordCursor();
        cursor.reset(datagram, datagram.length);
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.type()).isEqualTo(RecordCursor.CHANGE_CIPHER_SPEC);
        assertThat(cursor.number()).isEqualTo(5);
        assertThat(cursor.bodyBytes()).isEqualTo(1);
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.type()).isEqualTo(RecordCursor.ALERT);
        assertThat(cursor.epoch()).isEqualTo(1);
        assertThat(cursor.number()).isEqualTo(0x1_0000_0002L);
        assertThat(cursor.body().u16()).isEqualTo(0x0100);
        assertThat(cursor.more()).isFalse();
    }

    @Test
    void refusesEmptyRecordsOtherTypesAndOtherVersions() {
        for (String bad : List.of(
                "16fefd00000000000000000000", // empty
                "13fefd0000000000000000000100", // type 19
                "18fefd0000000000000000000100", // heartbeat
                "2ffefd0000000000000000000100", // the unified header of 1.3
                "1603030000000000000000000100", // TLS
                "16fefc0000000000000000000100", // 1.3
                "16fefd0000000000000000000200", // longer than the datagram
                "16fefd")) {
            byte[] datagram = HexFormat.of().parseHex(bad);
            RecordCursor cursor = new RecordCursor();
            cursor.reset(datagram, datagram.length);
            assertThat(cursor.next()).as(bad).isFalse();
            assertThat(cursor.more()).as(bad).isFalse();
        }
    }

    @Test
    void staysWithinAnyDatagram() {
        List<byte[]> samples = new ArrayList<>(Captured.browserHello());
        samples.add(Captured.hello());
        Fuzz.mutations(Fuzz.runs(200_000), samples, bytes -> {
            RecordCursor cursor = new RecordCursor();
            cursor.reset(bytes, bytes.length);
            int records = 0;
            while (cursor.more() && cursor.next()) {
                records++;
                assertThat(cursor.bodyStart() + cursor.bodyBytes()).isLessThanOrEqualTo(bytes.length);
                Fragment fragment = Fragment.read(cursor.body());
                if (fragment != null) {
                    assertThat(fragment.offset() + fragment.piece().remaining())
                            .isLessThanOrEqualTo(fragment.messageBytes());
                }
            }
            assertThat(records).isLessThanOrEqualTo(bytes.length / RecordCursor.HEADER_BYTES);
        });
    }
}
