package dev.parley.netsim;

import java.util.Map;
import java.util.Set;

/// Lines of JSON that steer a proxy, each answered by a line. One thread.
///
/// | member | effect |
/// |---|---|
/// | `blackoutMs` | nothing passes for so long, from now on |
/// | `changeAddress` | true: the server sees every client under a new address |
/// | `reset` | true: both directions become perfect before the rest of the line is applied |
/// | `stats` | true: the answer carries the counters |
/// | `direction` | `up`, `down` or `both` (the default): what the members below change |
/// | `delayMs`, `jitterMs`, `loss`, `lossBurst`, `duplicate`, `reorder`, `reorderMs`, `rateKbps`, `queueMs`,
/// `datagramBytesMax`, `blackoutsPerHour`, `blackoutLengthMs`, `addressChangesPerHour` | as in `LinkConfig`; what is
/// not named stays |
final class ProxyCommands {
    private static final Set<String> ACTIONS = Set.of("blackoutMs", "changeAddress", "reset", "stats", "direction");
    private static final Set<String> FIELDS = Set.of(
            "delayMs",
            "jitterMs",
            "loss",
            "lossBurst",
            "duplicate",
            "reorder",
            "reorderMs",
            "rateKbps",
            "queueMs",
            "datagramBytesMax",
            "blackoutsPerHour",
            "blackoutLengthMs",
            "addressChangesPerHour");

    private final UdpProxy proxy;

    ProxyCommands(UdpProxy proxy) {
        this.proxy = proxy;
    }

    /// `{"ok":true}`, with `"stats"` when asked, or `{"error":"…"}`; then nothing was changed.
    String answer(String line) {
        try {
            Map<String, Object> members = FlatJson.parse(line);
            apply(members);
            return isSet(members, "stats") ? "{\"ok\":true,\"stats\":" + stats() + "}" : "{\"ok\":true}";
        } catch (IllegalArgumentException e) {
            return "{\"error\":" + FlatJson.quote(String.valueOf(e.getMessage())) + "}";
        }
    }

    private void apply(Map<String, Object> members) {
        for (String name : members.keySet()) {
            if (!ACTIONS.contains(name) && !FIELDS.contains(name)) {
                throw new IllegalArgumentException("unknown member " + name);
            }
        }
        Object direction = members.getOrDefault("direction", "both");
        if (!Set.of("up", "down", "both").contains(direction)) {
            throw new IllegalArgumentException("direction must be up, down or both, got " + direction);
        }
        boolean reset = isSet(members, "reset");
        LinkConfig up = reset ? LinkConfig.perfect() : proxy.up();
        LinkConfig down = reset ? LinkConfig.perfect() : proxy.down();
        LinkConfig newUp = direction.equals("down") ? up : changed(up, members);
        LinkConfig newDown = direction.equals("up") ? down : changed(down, members);
        double blackoutMs = number(members, "blackoutMs", 0);
        boolean changeAddress = isSet(members, "changeAddress");
        proxy.configure(newUp, newDown);
        if (blackoutMs > 0) {
            proxy.blackout(Math.round(blackoutMs));
        }
        if (changeAddress) {
            proxy.changeAddresses();
        }
    }

    private String stats() {
        ProxyStats.Snapshot s = proxy.stats();
        return "{\"up\":" + s.up() + ",\"down\":" + s.down() + ",\"lost\":" + s.lost() + ",\"queueFull\":"
                + s.queueFull() + ",\"blackout\":" + s.blackout() + ",\"tooLong\":" + s.tooLong() + ",\"clients\":"
                + s.clients() + ",\"underWay\":" + s.underWay() + "}";
    }

    private static LinkConfig changed(LinkConfig c, Map<String, Object> m) {
        return c.withDelayMs(number(m, "delayMs", c.delayNs() / 1e6))
                .withJitterMs(number(m, "jitterMs", c.jitterNs() / 1e6))
                .withLoss(number(m, "loss", c.loss()), number(m, "lossBurst", c.lossBurst()))
                .withDuplicate(number(m, "duplicate", c.duplicate()))
                .withReorder(number(m, "reorder", c.reorder()), number(m, "reorderMs", c.reorderNs() / 1e6))
                .withRate(
                        Math.round(number(m, "rateKbps", c.rateBps() / 1e3) * 1e3),
                        number(m, "queueMs", c.queueNs() / 1e6))
                .withDatagramBytesMax((int) number(m, "datagramBytesMax", c.datagramBytesMax()))
                .withBlackouts(
                        number(m, "blackoutsPerHour", c.blackoutsPerHour()),
                        number(m, "blackoutLengthMs", c.blackoutNs() / 1e6))
                .withAddressChanges(number(m, "addressChangesPerHour", c.addressChangesPerHour()));
    }

    private static double number(Map<String, Object> members, String name, double otherwise) {
        Object value = members.getOrDefault(name, otherwise);
        if (value instanceof Double number) {
            return number;
        }
        throw new IllegalArgumentException(name + " must be a number, got " + value);
    }

    private static boolean isSet(Map<String, Object> members, String name) {
        Object value = members.getOrDefault(name, false);
        if (value instanceof Boolean set) {
            return set;
        }
        throw new IllegalArgumentException(name + " must be true or false, got " + value);
    }
}
