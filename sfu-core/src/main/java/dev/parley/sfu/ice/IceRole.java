package dev.parley.sfu.ice;

/// Who decides which pair is used, RFC 8445 §6.1.1. Beside a lite agent the other one always does.
public enum IceRole {
    CONTROLLING,
    CONTROLLED;

    IceRole other() {
        return this == CONTROLLING ? CONTROLLED : CONTROLLING;
    }
}
