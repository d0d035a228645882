package dev.parley.signaling.chat;

/// How a message came.
public enum Way {
    WEBSOCKET("websocket"),
    DATA_CHANNEL("data_channel");

    private final String label;

    Way(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
