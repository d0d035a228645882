package dev.parley.signaling.rooms;

/// The data channels of a place as the room sees them, by their labels: what a client asks on them, and what it is told
/// there. Called on the timeline; must not block.
public interface DataPort {
    /// Reliable and in order.
    String CHAT = "chat";
    /// May lose what is worth nothing when it is late.
    String LIVE = "live";

    void received(String label, boolean text, byte[] bytes);

    void tell(String label, RoomEvent.Spoken event);
}
