package dev.parley.sfu.session;

import dev.parley.sfu.api.DataDelivery;
import dev.parley.sfu.api.DataMessage;
import dev.parley.sfu.api.DataSent;
import dev.parley.sfu.base.Counters;
import dev.parley.sfu.base.Deadlines;
import dev.parley.sfu.base.RateLimit;
import dev.parley.sfu.base.SfuCounter;
import dev.parley.sfu.sctp.ChannelOptions;
import dev.parley.sfu.sctp.DataChannel;
import dev.parley.sfu.sctp.DataChannelListener;
import dev.parley.sfu.sctp.DataChannels;
import dev.parley.sfu.sctp.MessageKind;
import dev.parley.sfu.sctp.Reliability;
import dev.parley.sfu.sctp.SctpEnd;
import dev.parley.sfu.sctp.SendResult;
import dev.parley.sfu.sctp.packet.Payload;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The data channels of one session, by their labels: the same label twice is the newest. The client begins the
/// association, as every browser does when keys exist. Lives on the session's loop.
final class SessionData implements DataChannelListener {
    /// What may wait on a channel before the owner is told to go on, and before one that may lose messages loses them:
    /// half a second of a poor uplink.
    private static final long LOW_BYTES = 64 * 1024;

    private static final String SLOW_CONSUMER = "slow_consumer";
    private static final String TOO_MANY_MESSAGES = "too_many_messages";
    private static final long MS_NS = 1_000_000;

    private final Session session;
    private final Counters counters;
    private final RateLimit rate;
    private final DataChannels channels;
    private final Map<String, DataChannel> byLabel = new HashMap<>();
    private final Set<String> refused = new HashSet<>();
    private final long halfFullBytes;
    private long nowNs;

    SessionData(
            Session session, SessionSettings settings, Transport transport, DataSection agreed, boolean dtlsClient) {
        this.session = session;
        counters = settings.loop().counters();
        rate = new RateLimit(settings.limits().dataMessagesPerSecond());
        nowNs = settings.loop().nowNs();
        halfFullBytes = settings.limits().sctpSendBytes() / 2;
        channels = new DataChannels(
                agreed.settings(settings.limits()), dtlsClient, transport::sendData, this, counters, settings.rng());
    }

    void receive(byte[] array, int offset, int length, long atNs) {
        nowNs = atNs;
        channels.receive(array, offset, length, atNs);
        roomAgain();
    }

    /// Who found the buffer full may try again when half of it is free.
    private void roomAgain() {
        if (!refused.isEmpty() && channels.heldBytes() < halfFullBytes) {
            refused.forEach(label -> session.tell(new SessionEvent.DataReady(label)));
            refused.clear();
        }
    }

    void onTime(long atNs) {
        nowNs = atNs;
        if (channels.nextTimeNs() <= atNs) {
            channels.onTime(atNs);
        }
    }

    long nextTimeNs() {
        return channels.nextTimeNs();
    }

    /// Whether somebody would miss it.
    boolean inUse() {
        return channels.isConnected();
    }

    void open(String label, DataDelivery delivery, long atNs) {
        nowNs = atNs;
        took(label, channels.open(ChannelOptions.of(label).with(reliability(delivery)), atNs));
    }

    void agreed(int id, String label, DataDelivery delivery, long atNs) {
        nowNs = atNs;
        took(label, channels.negotiated(id, ChannelOptions.of(label).with(reliability(delivery)), atNs));
    }

    void close(String label, long atNs) {
        nowNs = atNs;
        DataChannel channel = byLabel.get(label);
        if (channel != null) {
            channel.close(atNs);
        }
    }

    private void took(String label, @Nullable DataChannel channel) {
        if (channel == null) {
            session.tell(new SessionEvent.DataClosed(label));
        } else {
            know(channel);
        }
    }

    private static Reliability reliability(DataDelivery delivery) {
        return new Reliability(
                delivery.ordered(),
                delivery.retransmits() < 0 ? Reliability.ENDLESS : delivery.retransmits(),
                delivery.lifetimeMs() < 0 ? Deadlines.NEVER : delivery.lifetimeMs() * MS_NS);
    }

    private void know(DataChannel channel) {
        channel.lowThreshold(LOW_BYTES);
        byLabel.put(channel.label(), channel);
    }

    DataSent send(String label, DataMessage message, long atNs) {
        nowNs = atNs;
        DataChannel channel = byLabel.get(label);
        if (channel == null) {
            return new DataSent(DataSent.Result.CLOSED, 0);
        }
        if (mayLose(channel) && channel.buffered() > LOW_BYTES) {
            return new DataSent(DataSent.Result.DROPPED, channel.buffered());
        }
        MessageKind kind = message.text() ? MessageKind.TEXT : MessageKind.BINARY;
        SendResult result = channel.send(kind, new Payload(message.shared(), message.own()), atNs);
        if (result == SendResult.FULL) {
            refused.add(label);
        }
        return new DataSent(told(result), channel.buffered());
    }

    private static boolean mayLose(DataChannel channel) {
        Reliability reliability = channel.options().reliability();
        return reliability.retransmissionsMax() != Reliability.ENDLESS || reliability.lifetimeNs() != Deadlines.NEVER;
    }

    private static DataSent.Result told(SendResult result) {
        return switch (result) {
            case QUEUED -> DataSent.Result.QUEUED;
            case FULL -> DataSent.Result.FULL;
            case TOO_LONG -> DataSent.Result.TOO_LONG;
            case CLOSED -> DataSent.Result.CLOSED;
        };
    }

    // ---- from the channels ----

    @Override
    public void connected() {}

    @Override
    public void opened(DataChannel channel) {
        know(channel);
        session.tell(new SessionEvent.DataOpened(channel.label()));
    }

    @Override
    public void message(DataChannel channel, MessageKind kind, byte[] bytes) {
        if (rate.allows(nowNs)) {
            session.tell(new SessionEvent.DataReceived(channel.label(), kind == MessageKind.TEXT, bytes));
        } else {
            counters.add(SfuCounter.LIMIT_DATA_MESSAGES);
            channels.abort(TOO_MANY_MESSAGES, nowNs);
        }
    }

    @Override
    public void bufferedAmountLow(DataChannel channel) {
        session.tell(new SessionEvent.DataReady(channel.label()));
    }

    @Override
    public void closed(DataChannel channel) {
        refused.remove(channel.label());
        if (byLabel.remove(channel.label(), channel)) {
            session.tell(new SessionEvent.DataClosed(channel.label()));
        }
    }

    @Override
    public void peerStuck() {
        channels.abort(SLOW_CONSUMER, nowNs);
    }

    @Override
    public void ended(SctpEnd end) {
        String reason = end.reason() == SctpEnd.Reason.ABORTED
                ? end.detail()
                : end.reason().name().toLowerCase(Locale.ROOT);
        session.tell(new SessionEvent.DataEnded(reason));
    }
}
