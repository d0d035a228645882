package dev.parley.sfu.dtls;

import dev.parley.sfu.base.Limits;
import dev.parley.sfu.base.PacketPool;

/// Puts flights and single records on the wire: when they may go again, and how much may go at all. Owner's loop only.
final class FlightSender {
    private final ResendTimer timer = new ResendTimer();
    private final Amplification amplification;
    private final PacketPool packets;
    private final DtlsOutput out;

    FlightSender(DtlsRole role, Limits limits, PacketPool packets, DtlsOutput out) {
        this.amplification = new Amplification(limits);
        this.packets = packets;
        this.out = out;
        if (role == DtlsRole.CLIENT) {
            amplification.lift(); // it answers nobody: it was told to speak
        }
    }

    void roundTripNs(long ns) {
        timer.roundTripNs(ns);
    }

    void received(int bytes) {
        amplification.received(bytes);
    }

    /// For the first time or again.
    void send(Flight flight, long nowNs) {
        if (!flight.awaitsAnswer()) {
            amplification.lift(); // it follows the client's second flight
        }
        flight.sent(nowNs, timer);
        for (byte[] datagram : flight.datagrams()) {
            if (amplification.maySend(datagram.length)) {
                send(datagram);
            }
        }
    }

    /// The peer repeats what `flight` answered: it goes again, unless it can still be under way.
    void repeat(Flight flight, long nowNs) {
        if (flight.mayRepeat(nowNs, timer.answerNs())) {
            send(flight, nowNs);
        }
    }

    void send(byte[] datagram) {
        out.send(packets.take(datagram));
    }
}
