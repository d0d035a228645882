package dev.parley.sfu.sim;

import dev.parley.sfu.api.SfuEvent;
import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.session.Negotiated;
import java.util.ArrayList;
import java.util.List;

/// A client's media that sends nothing and expects nothing, but hears what it is told.
final class Silence implements SimClient.Media {
    private final List<SfuEvent> events = new ArrayList<>();

    List<SfuEvent> events() {
        return events;
    }

    @Override
    public void told(SfuEvent event) {
        events.add(event);
    }

    @Override
    public void negotiated(SimClient client, Negotiated negotiated) {}

    @Override
    public void connected(long nowNs) {}

    @Override
    public void onRtp(Packet packet, long nowNs, long sentNs) {}

    @Override
    public void onRtcp(Packet packet, long nowNs) {}

    @Override
    public void lost(byte[] datagram, boolean up) {}

    @Override
    public void reached(byte[] datagram) {}

    @Override
    public void onTime(long nowNs) {}

    @Override
    public long nextTimeNs() {
        return Deadlines.NEVER;
    }
}
