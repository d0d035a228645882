package dev.parley.netsim;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/// Says at the end of a test run how each row of the hostile list did, one line a row: `HOSTILE B07 ok`. A test belongs
/// to a row when its display name, or that of the method or class around it, begins with `hostile B07`. JUnit finds
/// this listener by itself in each module whose tests see netsim. JUnit calls it from the threads of its tests.
public final class HostileRows implements TestExecutionListener {
    private static final Pattern NAME = Pattern.compile("hostile ([A-Z]\\d{2})\\b.*");

    /// From what is forgotten first to what stays.
    enum Outcome {
        SKIPPED,
        OK,
        FAILED
    }

    private final Map<String, Outcome> rows = new TreeMap<>();
    private @Nullable TestPlan plan;

    @Override
    public synchronized void testPlanExecutionStarted(TestPlan testPlan) {
        plan = testPlan;
        rows.clear();
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        record(test, Outcome.SKIPPED);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        switch (result.getStatus()) {
            case SUCCESSFUL -> {
                if (test.isTest()) {
                    record(test, Outcome.OK);
                }
            }
            case ABORTED -> record(test, Outcome.SKIPPED);
            case FAILED -> record(test, Outcome.FAILED);
        }
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan testPlan) {
        rows.forEach((row, outcome) -> System.out.println(line(row, outcome)));
    }

    static String line(String row, Outcome outcome) {
        return "HOSTILE " + row + " "
                + switch (outcome) {
                    case OK -> "ok";
                    case FAILED -> "failed";
                    case SKIPPED -> "skipped";
                };
    }

    private synchronized void record(TestIdentifier test, Outcome outcome) {
        String row = rowOf(test);
        if (row != null) {
            rows.merge(row, outcome, (before, now) -> before.compareTo(now) >= 0 ? before : now);
        }
    }

    /// Invocations of a parameterized test have names of their own; the row stands at the method above them.
    private @Nullable String rowOf(TestIdentifier test) {
        Matcher name = NAME.matcher(test.getDisplayName());
        if (name.matches()) {
            return name.group(1);
        }
        return plan == null ? null : plan.getParent(test).map(this::rowOf).orElse(null);
    }
}
