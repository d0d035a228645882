package dev.parley.signaling.app;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Why a port could not be had, in words that name it.
final class Ports {
    private Ports() {}

    static StartException refused(
            Setting setting, String protocol, int port, @Nullable InetAddress address, IOException cause) {
        String where = protocol + " port " + port
                + (address == null || address.isAnyLocalAddress() ? "" : " at " + address.getHostAddress());
        if (occupied(cause)) {
            return new StartException(
                    StartException.PORT_OCCUPIED,
                    setting.key() + ": " + where + " is occupied; stop what has it, or choose another with "
                            + setting.flag());
        }
        return new StartException(
                StartException.CONFIGURATION, setting.key() + ": " + where + " cannot be bound: " + reason(cause));
    }

    /// Each transport says it in its own way.
    private static boolean occupied(IOException cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            String said = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
            boolean inUse =
                    said.contains("in use") || t.getClass().getSimpleName().startsWith("PortOccupied");
            if (inUse || (t instanceof BindException && !said.contains("assign") && !said.contains("denied"))) {
                return true;
            }
        }
        return false;
    }

    private static String reason(IOException cause) {
        Throwable deepest = cause;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage());
    }
}
