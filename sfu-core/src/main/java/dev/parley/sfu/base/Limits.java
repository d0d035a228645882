package dev.parley.sfu.base;

import java.util.concurrent.TimeUnit;

/// Every limit of the core in one place, each with its reason. A test breaches each one.
///
/// @param addressesPerSession addresses that passed a check; a phone that roams has 2 or 3, so 8 is generous
/// @param ssrcsPerSession sources a publisher may have: 2 kinds, 3 layers, their RTX, screen: 12, times five
/// @param ssrcsSentPerSession sources a subscriber gets: 64 slots of voice, picture and RTX, and room to replace some
/// @param heldPacketsPerSsrc packets of a source not yet known, kept until its section is clear
/// @param heldNs how long they are kept; the packet that names its section comes within a frame or two
/// @param sdpBytes a Chromium offer with 23 untrimmed slots has 116 KB
/// @param sdpSections the largest pool is 49 pairs and 6 shares
/// @param sdpCandidates per section; a laptop with two interfaces and IPv6 has about 12
/// @param sdpRids per section; three are useful
/// @param sdpCodecs per section; Chromium lists 30 with RTX
/// @param sdpSectionLines per section and before the first one; Chromium's longest has 220
/// @param sdpLineBytes no line of a browser comes near 4 KB
/// @param halfOpenHandshakes at once in the process: about 32 KiB each
/// @param handshakeNs a handshake that takes longer will not end
/// @param handshakeBytes reassembly of a peer's flight; certificates of browsers have 300 B
/// @param amplification what a client is sent before it proved its address twice
/// @param awayWithMediaNs no check and no packet from someone who sends or receives
/// @param awayIdleNs the same from someone idle; Firefox checks each 5 to 6 s
/// @param sendingStopsNs consent, RFC 7675, is lost
/// @param transportClosesNs nothing came for so long: the transport is gone
/// @param missingPerTrack packets we still ask for; beyond it a key frame is cheaper than the repair
/// @param nacksPerPacket asks for one packet; browsers drop the frame after about that many round trips
/// @param history per track and loop, for repair
/// @param resendsPerPacket answers to NACKs for one packet and one subscriber
/// @param repairPercent of the bytes that a viewer was sent in a second may be sent again in one
/// @param repairsPerSecondMin packets that may be sent again in a second however little else was sent
/// @param keyFrameIntervalNs between two key-frame requests for one layer
/// @param datagramBytes the largest UDP payload that we make ourselves: IPv6's minimum MTU less headers
/// @param handOverPackets between two loops in one turn
/// @param tileSlots pairs of audio and video in the first pool
/// @param voiceSlots audio slots for voices without a tile
/// @param shareSlots pairs for screen shares
/// @param slotsMax pairs that a client may grow its pool to
/// @param voicesForwarded how many voices a viewer gets; nobody understands four at once
/// @param tilesForwarded how many pictures a viewer gets without asking
/// @param voiceHoldNs a voice's slot is kept for so long after its last sound
/// @param holdsKept principals of a room whose sources are held back, also while they are away
/// @param sessionsPerLoop the largest table a loop holds
/// @param tcpQueueBytes that wait before a TCP connection: 200 ms of 10 Mbit/s
/// @param tcpQueuePackets the same in packets, each of which holds 2 KiB: a second of ten voices
/// @param tcpQueueNs how long media may wait there; what is older comes too late for a conversation
/// @param localAddresses of this machine that are bound; a container host with more should name the ones it means
/// @param sctpSendBytes messages that a peer has not taken, with what each costs beside its bytes
/// @param sctpReceiveBytes fragments that wait for others: the window that a peer is told
/// @param sctpMessageBytes the largest message, as announced; Chromium's own announcement
/// @param sctpStreams in each direction: twice the channels, because each side has every second id
/// @param sctpGaps ranges of packets that are remembered beyond a missing one; 1 MiB at 30 % loss has 200
/// @param sctpInitsPerSecond INITs and cookies that are worked on; an honest peer repeats each second
/// @param sctpFailures unanswered repetitions in a row until a peer is gone: 30 s, when the transport closes as well
/// @param sctpStuckNs a peer that lives and takes nothing for so long is a slow consumer
/// @param dataChannels at once; a page of ours has two
/// @param dataChannelNameBytes of a label, and of a protocol
/// @param dataMessagesPerSecond of one client, on all channels; a page sends tens; whoever sends this many is cut off
/// @param packetsInFlight sent to a subscriber and not reported: 3 s of 30 Mbit/s in whole datagrams; a power of two
/// @param sendQueueBytes pictures and repairs that wait until a viewer's budget allows them: two key frames of a screen
/// @param sendQueueNs how long the line may need for what waits behind one picture; more is late for a conversation
/// @param sendBps to one subscriber, whatever it reports: 64 slots of 500 kbit/s
public record Limits(
        int addressesPerSession,
        int ssrcsPerSession,
        int ssrcsSentPerSession,
        int heldPacketsPerSsrc,
        long heldNs,
        int sdpBytes,
        int sdpSections,
        int sdpCandidates,
        int sdpRids,
        int sdpCodecs,
        int sdpSectionLines,
        int sdpLineBytes,
        int halfOpenHandshakes,
        long handshakeNs,
        int handshakeBytes,
        Amplification amplification,
        long awayWithMediaNs,
        long awayIdleNs,
        long sendingStopsNs,
        long transportClosesNs,
        int missingPerTrack,
        int nacksPerPacket,
        History history,
        int resendsPerPacket,
        int repairPercent,
        int repairsPerSecondMin,
        long keyFrameIntervalNs,
        int datagramBytes,
        int handOverPackets,
        int tileSlots,
        int voiceSlots,
        int shareSlots,
        int slotsMax,
        int voicesForwarded,
        int tilesForwarded,
        long voiceHoldNs,
        int holdsKept,
        int sessionsPerLoop,
        int tcpQueueBytes,
        int tcpQueuePackets,
        long tcpQueueNs,
        int localAddresses,
        int sctpSendBytes,
        int sctpReceiveBytes,
        int sctpMessageBytes,
        int sctpStreams,
        int sctpGaps,
        int sctpInitsPerSecond,
        int sctpFailures,
        long sctpStuckNs,
        int dataChannels,
        int dataChannelNameBytes,
        int dataMessagesPerSecond,
        int packetsInFlight,
        int sendQueueBytes,
        long sendQueueNs,
        long sendBps) {

    /// @param factor bytes sent for each received
    /// @param floorBytes some hellos have 128 B and our flight 650
    public record Amplification(int factor, int floorBytes) {}

    /// @param packets 1 s of 2.5 Mbit/s has 260, bursts more
    /// @param ns how long a packet may be asked for again
    public record History(int packets, long ns) {}

    public static Limits defaults() {
        return new Limits(
                8,
                64,
                512,
                8,
                millis(500),
                256 * 1024,
                160,
                64,
                8,
                64,
                1024,
                4096,
                512,
                seconds(10),
                64 * 1024,
                new Amplification(3, 4000),
                seconds(6),
                seconds(13),
                seconds(15),
                seconds(30),
                128,
                5,
                new History(1024, seconds(1)),
                4,
                20,
                10,
                millis(500),
                1232,
                4096,
                12,
                3,
                2,
                64,
                3,
                9,
                millis(300),
                1024,
                20_000,
                256 * 1024,
                512,
                millis(200),
                64,
                1024 * 1024,
                1024 * 1024,
                256 * 1024,
                1024,
                512,
                10,
                12,
                seconds(10),
                400,
                1024,
                4000,
                8192,
                256 * 1024,
                millis(500),
                30_000_000);
    }

    private static long millis(long count) {
        return TimeUnit.MILLISECONDS.toNanos(count);
    }

    private static long seconds(long count) {
        return TimeUnit.SECONDS.toNanos(count);
    }
}
