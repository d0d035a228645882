package dev.parley.signaling.app;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How many files and sockets the system lets this process have. Too few show themselves anywhere and under any name:
/// so it is asked first.
final class OpenFiles {
    /// Libraries, loops and listeners, and a few people.
    static final long NEEDED = 200;
    /// Enough for a company.
    static final long PLENTY = 4_096;

    private OpenFiles() {}

    static void check() throws StartException {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            check(system.getMaxFileDescriptorCount());
        }
    }

    static void check(long allowed) throws StartException {
        if (allowed < NEEDED) {
            throw new StartException(
                    StartException.CONFIGURATION,
                    "the system allows " + allowed + " open files and sockets, at least " + NEEDED
                            + " are needed: raise `ulimit -n`, or LimitNOFILE in the unit");
        }
        if (allowed < PLENTY) {
            warn(allowed);
        }
    }

    /// By itself: a logger takes files too.
    private static void warn(long allowed) {
        Logger log = LoggerFactory.getLogger(OpenFiles.class);
        log.warn("the system allows {} open files and sockets; each person takes one: raise `ulimit -n`", allowed);
    }
}
