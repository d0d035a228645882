package dev.parley.sfu.session;

import dev.parley.sfu.api.TrackSource;
import dev.parley.sfu.base.SfuLevel;
import dev.parley.sfu.media.Downlink;
import dev.parley.sfu.media.IncomingTrack;
import dev.parley.sfu.media.OutgoingTrack;
import dev.parley.sfu.media.TrackListener;
import dev.parley.sfu.rtp.Codec;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// What flows in one session: the client's publications, its receptions, and the RTCP about both. Made when the first
/// offer was answered; follows each further one.
final class Media implements TrackListener {
    /// Before anything was measured: a continent away.
    private static final long ASSUMED_ROUND_TRIP_NS = 100_000_000;

    private static final int TRACK_ID_CHARACTERS = 12;

    private final Session session;
    private final Set<TrackSource> held;
    private final SessionSettings settings;
    private final Transport transport;
    private final SendBudget budget;
    private final SessionSink sink;
    private final Downlink downlink;
    private final PublisherFeedback feedback;
    private final Publications publications;
    private final Receptions receptions;
    private final IncomingRtcp rtcp;
    private final Healing healing;
    private boolean company;

    /// @param held sources of which nothing goes out; changes under our eyes
    Media(Session session, Set<TrackSource> held, SessionSettings settings, Transport transport) {
        this.session = session;
        this.held = held;
        this.settings = settings;
        this.transport = transport;
        this.budget = new SendBudget(
                settings.limits(),
                settings.loop().counters(),
                () -> receptions().canPad());
        this.sink = new SessionSink(session, transport, budget, settings);
        this.downlink = new Downlink(settings.limits(), settings.wallOffsetNs());
        this.feedback =
                new PublisherFeedback(sink, settings.limits(), settings.loop().counters());
        this.publications = new Publications(settings.limits(), settings.loop().counters(), feedback);
        Allocation allocation = new Allocation(new Wish(budget), this::paused);
        this.receptions = new Receptions(sink, settings.wallOffsetNs(), allocation);
        this.rtcp = new IncomingRtcp(
                publications, receptions, budget, downlink, settings.loop().counters(), settings.wallOffsetNs());
        this.healing = new Healing(receptions, settings.loop().counters(), session::onUnseen);
    }

    /// Pictures are chosen by what the client asked for; the estimate of its line is measured and decides nothing.
    private record Wish(SendBudget budget) implements MediaBudget {
        @Override
        public long mediaBps(long nowNs) {
            return budget.mediaUnderCapBps(nowNs);
        }

        @Override
        public void wanted(long bps) {}
    }

    Transport transport() {
        return transport;
    }

    SendBudget budget() {
        return budget;
    }

    SessionSink sink() {
        return sink;
    }

    Publications publications() {
        return publications;
    }

    Receptions receptions() {
        return receptions;
    }

    IncomingRtcp rtcp() {
        return rtcp;
    }

    Healing healing() {
        return healing;
    }

    /// Takes over what an offer changed: sections that are there go on under perhaps other numbers, new ones begin,
    /// those that receive no more are silent.
    void apply(Negotiated negotiated, long nowNs) {
        boolean transportWide = false;
        boolean remb = false;
        publications.replaced(negotiated).forEach(gone -> session.onUnpublished(gone.track()));
        for (Section section : negotiated.sections()) {
            if (section.weReceive()) {
                publish(section);
                transportWide |= section.transportCc();
                remb |= section.remb();
            }
            if (section.weSend()) {
                receive(section, negotiated.mixedExtensions(), nowNs);
            }
        }
        receptions.follow(negotiated, nowNs);
        publications.extensionsChanged(negotiated.extensions());
        feedback.reportsBy(transportWide, remb);
        budget.reportsBy(
                sends(negotiated, Section::transportCc),
                sends(negotiated, Section::remb),
                sends(negotiated, Section::rtx),
                nowNs);
    }

    private static boolean sends(Negotiated negotiated, Predicate<Section> with) {
        return negotiated.sections().stream().anyMatch(section -> section.weSend() && with.test(section));
    }

    private void publish(Section section) {
        Publication known = publications.byMid(section.mid());
        if (known != null) {
            publications.changed(known, section);
            return;
        }
        if (section.source() == null) {
            return;
        }
        IncomingTrack track = new IncomingTrack(
                "t_" + settings.rng().token(TRACK_ID_CHARACTERS),
                section.kind(),
                Math.max(1, section.rids().size()),
                Publication.formatOf(section),
                settings.loop(),
                settings.limits(),
                this);
        track.hold(held.contains(section.source()));
        Publication publication = new Publication(section, section.source(), track);
        publication.company(company);
        publications.add(publication);
        session.onPublished(section.source(), track);
    }

    private void receive(Section section, boolean mixedExtensions, long nowNs) {
        Reception known = receptions.byMid(section.mid());
        if (known != null) {
            known.goOn(Reception.formatOf(section, mixedExtensions), nowNs);
            return;
        }
        receptions.add(
                section,
                new OutgoingTrack(
                        Reception.formatOf(section, mixedExtensions),
                        settings.feeds(),
                        sink,
                        downlink,
                        settings.loop().counters(),
                        settings.limits(),
                        settings.rng()));
    }

    /// Whether anybody else is in the room: then each camera's smallest encoding is at hand.
    void company(boolean others) {
        company = others;
        publications.all().forEach(publication -> publication.company(others));
    }

    private void paused(int slot, IncomingTrack track, boolean paused) {
        settings.loop().counters().change(SfuLevel.PAUSED_VIDEOS, paused ? 1 : -1);
        session.tell(new SessionEvent.Paused(slot, track, paused));
    }

    void onTime(long nowNs) {
        publications.onTime(nowNs, roundTripNs());
        feedback.flush(publications.all(), nowNs);
        receptions.onTime(nowNs);
        budget.onTime(nowNs);
        for (int due = budget.paddingDue(nowNs); due > 0; due = budget.paddingDue(nowNs)) {
            receptions.pad(due);
        }
        sink.onTime(nowNs);
    }

    long nextTimeNs() {
        long next = Math.min(transport.nextTimeNs(), publications.nextTimeNs());
        next = Math.min(next, Math.min(feedback.nextTimeNs(), receptions.nextTimeNs()));
        return Math.min(next, sink.nextTimeNs());
    }

    private long roundTripNs() {
        long measured = downlink.roundTripNs() > 0 ? downlink.roundTripNs() : transport.roundTripNs();
        return measured > 0 ? measured : ASSUMED_ROUND_TRIP_NS;
    }

    void close(long nowNs) {
        receptions.close(nowNs);
        publications.close();
        sink.close();
        transport.close(nowNs);
    }

    // ---- from the published tracks ----

    @Override
    public void missing(IncomingTrack track, int encoding, long seqIndex) {
        feedback.missing(track.encoding(encoding), seqIndex);
    }

    @Override
    public void keyFrameWanted(IncomingTrack track, int encoding) {
        Publication publication = publications.of(track);
        if (publication != null) {
            feedback.keyFrameWanted(track.encoding(encoding), publication.section());
        }
    }

    @Override
    public void encodingsNeeded(IncomingTrack track, int active) {
        List<Boolean> each = IntStream.range(0, track.encodings())
                .mapToObj(encoding -> (active & 1 << encoding) != 0)
                .toList();
        session.tell(new SessionEvent.Layers(track, each));
    }

    @Override
    public void due(IncomingTrack track) {
        session.due();
    }

    @Override
    public void codecChanged(IncomingTrack track, Codec codec) {
        session.tell(new SessionEvent.CodecChanged(track, codec));
    }

    @Override
    public void sound(IncomingTrack track, int level) {
        session.tell(new SessionEvent.Sound(track, level));
    }
}
