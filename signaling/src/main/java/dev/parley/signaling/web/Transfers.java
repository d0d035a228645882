package dev.parley.signaling.web;

import java.util.HashMap;
import java.util.Map;

/// How many requests for files are being carried out, of everybody and of one address, an IPv6 /64 being one. Callable
/// from any thread.
final class Transfers {
    /// Each may have a file open and 128 KiB in memory.
    static final int MAX = 256;
    /// An office behind one address.
    static final int OF_ADDRESS_MAX = 64;

    private final Map<Admissions.Address, Integer> byAddress = new HashMap<>();
    private int all;

    /// False when there are too many: do not leave then.
    synchronized boolean enter(Admissions.Address address) {
        if (all >= MAX || byAddress.getOrDefault(address, 0) >= OF_ADDRESS_MAX) {
            return false;
        }
        all++;
        byAddress.merge(address, 1, Integer::sum);
        return true;
    }

    synchronized void leave(Admissions.Address address) {
        all--;
        byAddress.computeIfPresent(address, (_, n) -> n == 1 ? null : n - 1);
    }

    synchronized int now() {
        return all;
    }
}
