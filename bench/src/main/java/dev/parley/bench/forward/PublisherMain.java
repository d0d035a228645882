package dev.parley.bench.forward;

import dev.parley.bench.synth.Crowd;
import dev.parley.bench.synth.Pace;
import dev.parley.bench.synth.Participant;
import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.session.OfferBuilder;
import dev.parley.sfu.synthetic.Publishing;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/// The publishing process. Joins by its standard streams, says `CONNECTED`, and then sends what each line asks for: to
/// the server (`SERVER packets`), forged ones from the same address (`FORGED packets`) or, the same number of bytes in
/// the clear, to the floor (`FLOOR port packets`). Says `SENT` after each. Ends with its standard input.
final class PublisherMain {
    private static final int HEADER_BYTES = 12;
    private static final long SEED = 1;

    private final Pace pace;
    private final Participant participant;
    private final SteadySource source;
    private final byte[] plain;

    private PublisherMain(Participant participant, TrackSource what, int bytes, Pace pace) {
        this.participant = participant;
        this.pace = pace;
        this.source =
                new SteadySource(participant.ask(() -> participant.media().sending(what)), bytes, pace.perSecond());
        this.plain = new byte[HEADER_BYTES + bytes];
    }

    /// `video|audio BYTES PER_SECOND BURST`.
    public static void main(String[] words) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        boolean video = words[0].equals("video");
        OfferBuilder offer = video ? new OfferBuilder().camera() : new OfferBuilder().microphone();
        try (Crowd crowd = new Crowd(SEED)) {
            Participant alice = crowd.join("alice", Publishing.nothing(), offer, new PipeDoor(in, System.out));
            PublisherMain publisher = new PublisherMain(
                    alice,
                    video ? TrackSource.CAMERA : TrackSource.MICROPHONE,
                    Integer.parseInt(words[1]),
                    new Pace(Integer.parseInt(words[2]), Integer.parseInt(words[3])));
            System.out.println("CONNECTED");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                publisher.obey(line.split(" "));
                System.out.println("SENT");
            }
        }
    }

    private void obey(String[] words) throws IOException {
        switch (words[0]) {
            case "SERVER" -> participant.ask(() -> toServer(Integer.parseInt(words[1])));
            case "FORGED" -> participant.ask(() -> forgedToServer(Integer.parseInt(words[1])));
            default -> toFloor(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
        }
    }

    /// On the participant's loop, which does nothing else meanwhile.
    private int toServer(int packets) {
        pace.run(packets, i -> {
            Packet packet = participant.media().packet();
            long index = source.index();
            participant.sendRtp(packet, source.next(packet, i == 0), index);
        });
        return packets;
    }

    private int forgedToServer(int packets) {
        int tagBytes = participant.profile().tagLength();
        pace.run(packets, _ -> {
            Packet packet = participant.media().packet();
            source.forged(packet, tagBytes);
            participant.sendAsItIs(packet);
        });
        return packets;
    }

    private void toFloor(int port, int packets) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            InetSocketAddress floor = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            DatagramPacket datagram = new DatagramPacket(plain, plain.length, floor);
            pace.run(packets, _ -> {
                try {
                    socket.send(datagram);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
