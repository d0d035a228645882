package dev.parley.sfu.server;

import dev.parley.sfu.base.Flow;
import dev.parley.sfu.base.Packet;
import dev.parley.sfu.base.Timed;
import dev.parley.sfu.edge.Endpoint;
import dev.parley.sfu.edge.MediaLoop;
import dev.parley.sfu.session.Session;
import dev.parley.sfu.session.SessionOutput;

/// A session as the edge sees it, and the edge as a session sees it. Lives on the session's loop.
final class SessionEndpoint implements Endpoint, SessionOutput {
    private final MediaLoop loop;
    private final Session session;
    private String firstUfrag = "";

    SessionEndpoint(MediaLoop loop, Session session) {
        this.loop = loop;
        this.session = session;
    }

    @Override
    public String localUfrag() {
        return firstUfrag;
    }

    @Override
    public void receive(Packet packet, Flow flow, long nowNs) {
        session.receive(packet, flow, nowNs);
    }

    @Override
    public void gone(Flow flow, long nowNs) {
        session.gone(flow, nowNs);
    }

    @Override
    public Timed timed() {
        return session;
    }

    @Override
    public void failed(Throwable fault) {
        session.fail();
    }

    @Override
    public void send(Packet datagram, Flow flow) {
        loop.send(datagram, flow);
    }

    @Override
    public boolean takes(int ssrc, Flow flow) {
        return loop.takes(ssrc, flow);
    }

    @Override
    public void bound(Flow flow) {
        loop.bound(this, flow);
    }

    @Override
    public void unbound(Flow flow) {
        loop.unbound(this, flow);
    }

    @Override
    public void ufrag(String localUfrag) {
        if (firstUfrag.isEmpty()) {
            firstUfrag = localUfrag;
            loop.add(this);
        } else {
            loop.alias(this, localUfrag);
        }
    }

    @Override
    public void ended() {
        loop.remove(this);
    }
}
