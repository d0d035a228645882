package dev.parley.sfu.ice;

import java.util.List;
import java.util.concurrent.TimeUnit;

/// How a client agent times its checks. The two presets are what the browsers were seen to do.
///
/// @param role with which it begins; a 487 turns it, RFC 8445 §7.2.5.1
/// @param paceNs between any two checks, RFC 8445 §14.2
/// @param unansweredIntervalNs between two checks of a pair that never had an answer
/// @param settlingNs the pauses after the first answers
/// @param checkIntervalNs the pause from then on
/// @param checkJitterNs what may come on top of it
/// @param retryNs a check without an answer is followed by the next one after so long at most
/// @param nominatesAtOnce USE-CANDIDATE on a pair's checks until the first answer, never later; else on each
///     check of the chosen pair, once it had an answer
/// @param disconnectedNs without an answer
/// @param failedNs without an answer
public record IceClientSettings(
        IceRole role,
        long paceNs,
        long unansweredIntervalNs,
        List<Long> settlingNs,
        long checkIntervalNs,
        long checkJitterNs,
        long retryNs,
        boolean nominatesAtOnce,
        long disconnectedNs,
        long failedNs) {

    public static IceClientSettings chromium() {
        return new IceClientSettings(
                IceRole.CONTROLLING,
                millis(50),
                millis(62),
                List.of(millis(60), millis(60), millis(1080), millis(1100)),
                millis(2660),
                0,
                millis(500),
                false,
                millis(5900),
                millis(15_900));
    }

    public static IceClientSettings firefox() {
        return new IceClientSettings(
                IceRole.CONTROLLING,
                millis(50),
                millis(62),
                List.of(),
                millis(5000),
                millis(900),
                millis(100),
                true,
                millis(6500),
                millis(26_200));
    }

    public IceClientSettings withRole(IceRole newRole) {
        return new IceClientSettings(
                newRole,
                paceNs,
                unansweredIntervalNs,
                settlingNs,
                checkIntervalNs,
                checkJitterNs,
                retryNs,
                nominatesAtOnce,
                disconnectedNs,
                failedNs);
    }

    private static long millis(long count) {
        return TimeUnit.MILLISECONDS.toNanos(count);
    }
}
