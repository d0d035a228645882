package dev.parley.sfu.base;

import org.jspecify.annotations.Nullable;

/// Everything the core counts; nothing is counted that is not a line here. Lines that share a metric differ in one
/// label. The metric names are an API (docs/operations.md), and what is called a drop ends up in
/// `parley_dropped_packets_total{reason}`.
public enum SfuCounter {
    RTP_RECEIVED_AUDIO("rtp_received_packets_total", "kind", "audio", "RTP packets received and authenticated"),
    RTP_RECEIVED_VIDEO("rtp_received_packets_total", "kind", "video", "RTP packets received and authenticated"),
    RTP_FORWARDED_AUDIO("rtp_forwarded_packets_total", "kind", "audio", "RTP packets sent to subscribers"),
    RTP_FORWARDED_VIDEO("rtp_forwarded_packets_total", "kind", "video", "RTP packets sent to subscribers"),
    RTP_FORWARDED_BYTES_AUDIO("rtp_forwarded_bytes_total", "kind", "audio", "RTP bytes sent to subscribers"),
    RTP_FORWARDED_BYTES_VIDEO("rtp_forwarded_bytes_total", "kind", "video", "RTP bytes sent to subscribers"),
    NACK_RECEIVED("nack_received_total", "Packets that subscribers asked for again"),
    RTX_SENT("rtx_sent_packets_total", "Packets sent again to subscribers"),
    RED_SENT("red_sent_packets_total", "Packets of sound sent with copies of the frames before"),
    RED_COPIED("red_copied_bytes_total", "Bytes of frames of sound sent once more with later ones"),
    RED_RECOVERED("red_recovered_packets_total", "Packets of sound lost on the way to us and made again of copies"),
    PROBES_SENT("probes_total", "Clusters of packets sent faster than the estimate to find out about more"),
    FEEDBACK_REJECTED("feedback_rejected_total", "Acknowledgements of packets that were never sent, or long ago"),
    NACK_SENT("nack_sent_total", "Packets that publishers were asked for again"),
    KEY_FRAME_REQUESTS_IN("key_frame_requests_total", "direction", "in", "Key-frame requests"),
    KEY_FRAME_REQUESTS_OUT("key_frame_requests_total", "direction", "out", "Key-frame requests"),
    DTLS_OK("dtls_handshakes_total", "result", "ok", "DTLS handshakes ended"),
    DTLS_FAILED("dtls_handshakes_total", "result", "failed", "DTLS handshakes ended"),
    DTLS_TIMEOUT("dtls_handshakes_total", "result", "timeout", "DTLS handshakes ended"),
    DTLS_FINGERPRINT("dtls_handshakes_total", "result", "fingerprint_mismatch", "DTLS handshakes ended"),
    DTLS_REFUSED("dtls_handshakes_total", "result", "refused", "DTLS handshakes ended"),
    ICE_ADDRESSES_REFUSED("ice_addresses_refused_total", "Addresses dropped because a session had too many"),
    UNKNOWN_SOURCE("dropped_packets_total", "reason", "unknown_source", "Datagrams dropped"),
    NOT_WEBRTC("dropped_packets_total", "reason", "not_webrtc", "Datagrams dropped"),
    TOO_LONG("dropped_packets_total", "reason", "too_long", "Datagrams dropped"),
    STUN_MALFORMED("dropped_packets_total", "reason", "stun_malformed", "Datagrams dropped"),
    STUN_UNKNOWN_UFRAG("dropped_packets_total", "reason", "stun_unknown_ufrag", "Datagrams dropped"),
    STUN_AUTH_FAILED("dropped_packets_total", "reason", "stun_auth_failed", "Datagrams dropped"),
    STUN_REPLAYED("dropped_packets_total", "reason", "stun_replayed", "Datagrams dropped"),
    STUN_UNEXPECTED("dropped_packets_total", "reason", "stun_unexpected", "Datagrams dropped"),
    DTLS_DROPPED("dropped_packets_total", "reason", "dtls_unexpected", "Datagrams dropped"),
    SRTP_NO_KEYS("dropped_packets_total", "reason", "srtp_no_keys", "Datagrams dropped"),
    SRTP_AUTH_FAILED("dropped_packets_total", "reason", "srtp_auth_failed", "Datagrams dropped"),
    SRTP_REPLAYED("dropped_packets_total", "reason", "srtp_replayed", "Datagrams dropped"),
    SRTP_MALFORMED("dropped_packets_total", "reason", "srtp_malformed", "Datagrams dropped"),
    SRTP_INDEX_REUSED("dropped_packets_total", "reason", "srtp_index_reused", "Datagrams dropped"),
    RTP_MALFORMED("dropped_packets_total", "reason", "rtp_malformed", "Datagrams dropped"),
    RTP_UNKNOWN_SSRC("dropped_packets_total", "reason", "rtp_unknown_ssrc", "Datagrams dropped"),
    RTP_DUPLICATE("dropped_packets_total", "reason", "rtp_duplicate", "Datagrams dropped"),
    RTCP_MALFORMED("dropped_packets_total", "reason", "rtcp_malformed", "Datagrams dropped"),
    SEND_TOO_LONG("dropped_packets_total", "reason", "send_too_long", "Datagrams dropped"),
    SEND_BLOCKED("dropped_packets_total", "reason", "send_blocked", "Datagrams dropped"),
    SEND_FAILED("dropped_packets_total", "reason", "send_failed", "Datagrams dropped"),
    SEND_NO_SOCKET("dropped_packets_total", "reason", "send_no_socket", "Datagrams dropped"),
    KERNEL_DROPPED("dropped_packets_total", "reason", "kernel", "Datagrams dropped"),
    TCP_CONTROL("dropped_packets_total", "reason", "tcp_control", "Datagrams dropped"),
    TCP_AUDIO("dropped_packets_total", "reason", "tcp_audio", "Datagrams dropped"),
    TCP_VIDEO("dropped_packets_total", "reason", "tcp_video", "Datagrams dropped"),
    OVER_BUDGET("dropped_packets_total", "reason", "over_budget", "Datagrams dropped"),
    HAND_OVER_FULL("dropped_packets_total", "reason", "hand_over_full", "Datagrams dropped"),
    SCTP_MALFORMED("dropped_packets_total", "reason", "sctp_malformed", "Datagrams dropped"),
    SCTP_CHECKSUM("dropped_packets_total", "reason", "sctp_checksum", "Datagrams dropped"),
    SCTP_TAG("dropped_packets_total", "reason", "sctp_tag", "Datagrams dropped"),
    SCTP_COOKIE("dropped_packets_total", "reason", "sctp_cookie", "Datagrams dropped"),
    SCTP_UNEXPECTED("dropped_packets_total", "reason", "sctp_unexpected", "Datagrams dropped"),
    LIMIT_HELD_PACKETS("limit_hits_total", "limit", "held_packets", "Limits that were reached"),
    LIMIT_SSRCS("limit_hits_total", "limit", "ssrcs", "Limits that were reached"),
    LIMIT_HANDSHAKES("limit_hits_total", "limit", "handshakes", "Limits that were reached"),
    LIMIT_SDP("limit_hits_total", "limit", "sdp", "Limits that were reached"),
    LIMIT_NACKS("limit_hits_total", "limit", "nacks", "Limits that were reached"),
    LIMIT_SESSIONS("limit_hits_total", "limit", "sessions", "Limits that were reached"),
    LIMIT_SEND_QUEUE("limit_hits_total", "limit", "send_queue", "Limits that were reached"),
    LIMIT_LOCAL_ADDRESSES("limit_hits_total", "limit", "local_addresses", "Limits that were reached"),
    LIMIT_SCTP_INITS("limit_hits_total", "limit", "sctp_inits", "Limits that were reached"),
    LIMIT_SCTP_SEND("limit_hits_total", "limit", "sctp_send", "Limits that were reached"),
    LIMIT_SCTP_RECEIVE("limit_hits_total", "limit", "sctp_receive", "Limits that were reached"),
    LIMIT_SCTP_GAPS("limit_hits_total", "limit", "sctp_gaps", "Limits that were reached"),
    LIMIT_SCTP_MESSAGE("limit_hits_total", "limit", "sctp_message", "Limits that were reached"),
    LIMIT_DATA_CHANNELS("limit_hits_total", "limit", "data_channels", "Limits that were reached"),
    LIMIT_DATA_MESSAGES("limit_hits_total", "limit", "data_messages", "Limits that were reached"),
    SCTP_RECEIVED("sctp_packets_total", "direction", "in", "SCTP packets that were intact, and that left"),
    SCTP_SENT("sctp_packets_total", "direction", "out", "SCTP packets that were intact, and that left"),
    SCTP_RETRANSMITTED("sctp_retransmitted_chunks_total", "Fragments of messages sent again"),
    SCTP_VIOLATION("sctp_violations_total", "Associations cut because the peer broke the protocol"),
    SCTP_STUCK("sctp_slow_consumers_total", "Peers that lived but did not take what waited for them"),
    DATA_MESSAGES_IN("data_messages_total", "direction", "in", "Messages on data channels"),
    DATA_MESSAGES_OUT("data_messages_total", "direction", "out", "Messages on data channels"),
    DATA_CHANNEL_REFUSED("data_channels_refused_total", "Data channels that a peer asked for and did not get"),
    HEAL_KEY_FRAME("heal_total", "rung", "key_frame", "What broke and healed, by what it took"),
    HEAL_REMAP("heal_total", "rung", "remap", "What broke and healed, by what it took"),
    HEAL_RESTART("heal_total", "rung", "restart", "What broke and healed, by what it took"),
    HEAL_GIVEN_UP("heal_given_up_total", "Sources that a viewer does not get although everything was tried"),
    COMMAND_FAILED("command_failures_total", "Commands and timers of a loop ended by a fault of ours"),
    PARTICIPANT_FAILED("participant_failures_total", "Participants ended by a fault of ours");

    private final String metric;
    private final @Nullable String label;
    private final @Nullable String value;
    private final String help;

    SfuCounter(String metric, @Nullable String label, @Nullable String value, String help) {
        this.metric = metric;
        this.label = label;
        this.value = value;
        this.help = help;
    }

    SfuCounter(String metric, String help) {
        this(metric, null, null, help);
    }

    /// Without the prefix `parley_`.
    public String metric() {
        return metric;
    }

    public @Nullable String label() {
        return label;
    }

    public @Nullable String value() {
        return value;
    }

    public String help() {
        return help;
    }
}
