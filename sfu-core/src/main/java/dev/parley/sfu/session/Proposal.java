package dev.parley.sfu.session;

/// An offer of ours and the number that its answer must come back with.
public record Proposal(long offerId, String offer) {}
