package dev.parley.sfu.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.netsim.Fuzz;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.PacketPool;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StunPeekTest {
    private final PacketPool pool = new PacketPool(4);

    @Test
    void findsOurHalfOfTheUsername() {
        assertThat(peek(StunRequest.naming("ABrandom12:their"))).isEqualTo("ABrandom12");
        assertThat(peek(StunRequest.naming("a:b"))).isEqualTo("a");
        assertThat(peek(StunRequest.naming(":b"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nocolon", "a fragment longer than any of ours:b"})
    void findsNothingInUsernamesThatAreNotOurs(String username) {
        assertThat(peek(StunRequest.naming(username))).isNull();
    }

    @Test
    void tellsRequestsFromEverythingElse() {
        byte[] request = StunRequest.naming("a:b");
        assertThat(isRequest(request)).isTrue();
        byte[] response = request.clone();
        response[0] = 1;
        assertThat(isRequest(response)).isFalse();
        assertThat(looksLikeStun(response)).isTrue();
        byte[] otherCookie = request.clone();
        otherCookie[4] ^= 1;
        assertThat(isRequest(otherCookie)).isFalse();
        assertThat(looksLikeStun(otherCookie)).isFalse();
        assertThat(looksLikeStun(new byte[19])).isFalse();
        assertThat(looksLikeStun(HexFormat.of().parseHex("800100002112a442000000000000000000000000")))
                .isFalse();
    }

    @Test
    void findsNothingWhereLengthsLie() {
        byte[] tooLong = StunRequest.naming("abcd:efgh");
        tooLong[3] = 100;
        assertThat(peek(tooLong)).isNull();
        byte[] longAttribute = StunRequest.naming("abcd:efgh");
        longAttribute[23] = 100;
        assertThat(peek(longAttribute)).isNull();
    }

    @Test
    void looksAtAFewAttributesOnly() {
        byte[] many = new byte[20 + 4 * 400];
        System.arraycopy(StunRequest.naming("a:b"), 0, many, 0, 20);
        many[2] = (byte) (1600 >> 8);
        many[3] = (byte) 1600;
        for (int at = 20; at < many.length; at += 4) {
            many[at] = (byte) 0x80;
        }
        assertThat(peek(many)).isNull();
    }

    @Test
    void survivesAnything() {
        byte[] sample = StunRequest.naming("ABrandom12:their");
        Fuzz.bytes(Fuzz.runs(200_000), 128, this::peekAnyhow);
        Fuzz.mutations(Fuzz.runs(200_000), List.of(sample, StunRequest.naming("a:b")), this::peekAnyhow);
    }

    private void peekAnyhow(byte[] bytes) {
        if (bytes.length > Packet.CAPACITY) {
            return;
        }
        looksLikeStun(bytes);
        boolean request = isRequest(bytes);
        String ufrag = request ? peek(bytes) : null;
        if (ufrag != null) {
            assertThat(ufrag.length()).isLessThanOrEqualTo(32);
            assertThat(looksLikeStun(bytes)).isTrue();
        }
        assertThat(pool.outstanding()).isZero();
    }

    private @Nullable String peek(byte[] bytes) {
        Packet packet = pool.take(bytes);
        try {
            return StunPeek.localUfrag(packet);
        } finally {
            packet.release();
        }
    }

    private boolean isRequest(byte[] bytes) {
        Packet packet = pool.take(bytes);
        try {
            return StunPeek.isRequest(packet);
        } finally {
            packet.release();
        }
    }

    private static boolean looksLikeStun(byte[] bytes) {
        return StunPeek.looksLikeStun(Unpooled.wrappedBuffer(bytes));
    }
}
