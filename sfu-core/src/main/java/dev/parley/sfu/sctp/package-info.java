/// SCTP over something that authenticates it, and data channels on top: a sans-IO machine that knows `base` and nothing
/// else of what is around it. What comes from the network goes in with the time, what goes out and what happened come
/// back by two interfaces; whoever drives it asks when it wants to be woken.
///
///     DataChannels channels = new DataChannels(
///             SctpSettings.of(limits),
///             weAreDtlsClient,
///             (array, offset, length) -> dtls.send(array, offset, length),
///             new DataChannelListener() {
///                 public void message(DataChannel channel, MessageKind kind, byte[] bytes) {
///                     channel.send(kind, Payload.of(bytes), loop.nowNs());             // an echo
///                 }
///                 public void bufferedAmountLow(DataChannel channel) {}               // send more
///                 public void peerStuck() {}                                          // cut it: slow_consumer
///                 public void ended(SctpEnd end) {}
///             },
///             counters,
///             rng);
///
///     channels.connect(nowNs);                          // when DTLS is up; the peer may begin as well
///     channels.receive(bytes, 0, bytes.length, nowNs);  // each DTLS record of application data
///     channels.onTime(nowNs);                           // not before channels.nextTimeNs()
///
///     DataChannel chat = channels.open(ChannelOptions.of("chat"), nowNs);
///     DataChannel cursors = channels.open(
///             ChannelOptions.of("cursors").with(Reliability.retransmits(false, 0)), nowNs);
///
///     Payload shared = Payload.of(bytes);               // the same bytes for each receiver of a fan-out
///     if (chat.send(MessageKind.TEXT, shared, nowNs) == SendResult.FULL) {
///         chat.lowThreshold(64 * 1024);                 // bufferedAmountLow says when to go on
///     }
///
/// The division is dcSCTP's: `packet` is the wire, `rx` what comes, `tx` what goes, and here are states and what an
/// owner sees. Start reading at `DataChannels`, then `SctpAssociation`, `State`, `Tcb`.
@NullMarked
package dev.parley.sfu.sctp;

import org.jspecify.annotations.NullMarked;
