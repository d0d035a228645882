package dev.parley.sfu.dtls;

import dev.parley.netsim.LinkConfig;
import dev.parley.netsim.Simulation;
import dev.parley.sfu.base.Rng;
import dev.parley.sfu.base.WireWriter;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/// Datagrams and messages of real handshakes, for tests that bend them.
final class Captured {
    private static final int MESSAGE_AT = RecordCursor.HEADER_BYTES + Fragment.HEADER_BYTES;

    private Captured() {}

    /// A hello of about 180 bytes in one datagram.
    static byte[] hello() {
        DtlsPeer client = DtlsPeer.client(new Simulation(1));
        client.start();
        client.close();
        return client.sent.getFirst();
    }

    /// One of 1.4 KB in two datagrams.
    static List<byte[]> browserHello() {
        DtlsPeer server = DtlsPeer.server(new Simulation(1));
        List<byte[]> hello = new ArrayList<>();
        RawClient client = new RawClient(server, hello::add).likeBrowser();
        client.connect().end();
        return hello;
    }

    /// The body of the one handshake message in a datagram.
    static byte[] message(byte[] datagram) {
        byte[] body = new byte[datagram.length - MESSAGE_AT];
        System.arraycopy(datagram, MESSAGE_AT, body, 0, body.length);
        return body;
    }

    /// A ClientHello in datagrams with one piece each, overlapping and shuffled.
    static List<byte[]> pieces(byte[] hello, SplittableRandom random) {
        List<byte[]> pieces = new ArrayList<>();
        int covered = 0;
        while (covered < hello.length) {
            int from = Math.max(0, covered - random.nextInt(20));
            int to = Math.min(hello.length, covered + 1 + random.nextInt(100));
            pieces.add(piece(HandshakeMessage.CLIENT_HELLO, hello, 0, from, to, pieces.size()));
            covered = to;
        }
        Collections.shuffle(pieces, new Random(random.nextLong()));
        return pieces;
    }

    /// One fragment in one record in one datagram, claiming to be of a message like `body`.
    static byte[] piece(int type, byte[] body, int messageSeq, int from, int to, long number) {
        return fragment(type, body.length, messageSeq, from, Arrays.copyOfRange(body, from, to), number);
    }

    static byte[] fragment(int type, int messageBytes, int messageSeq, int offset, byte[] piece, long number) {
        byte[] record = PlainRecord.of(RecordCursor.HANDSHAKE, number, Fragment.HEADER_BYTES + piece.length);
        WireWriter.of(record, RecordCursor.HEADER_BYTES, Fragment.HEADER_BYTES + piece.length)
                .u8(type)
                .u24(messageBytes)
                .u16(messageSeq)
                .u24(offset)
                .u24(piece.length)
                .bytes(piece);
        return record;
    }

    static byte[] concatenate(List<byte[]> parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        parts.forEach(whole::writeBytes);
        return whole.toByteArray();
    }

    /// Everything that both sides say when all chance comes from one seed.
    static List<String> conversation(long seed) {
        DtlsCertificate own = DtlsCertificate.generate(Rng.seeded(seed).secureRandom(), Instant.EPOCH);
        Simulation simulation = new Simulation(seed);
        List<Fingerprint> expected = List.of(own.fingerprint());
        DtlsPair pair = new DtlsPair(
                simulation,
                new DtlsPeer(simulation, DtlsRole.CLIENT, own, expected, DtlsPeer.lockStep(), DtlsPeer.LIMITS),
                new DtlsPeer(simulation, DtlsRole.SERVER, own, expected, DtlsPeer.lockStep(), DtlsPeer.LIMITS),
                LinkConfig.perfect());
        pair.connect().assertConnectedWithSameKeys();
        List<byte[]> all = new ArrayList<>(pair.client.sent);
        all.addAll(pair.server.sent);
        return all.stream().map(HexFormat.of()::formatHex).toList();
    }
}
