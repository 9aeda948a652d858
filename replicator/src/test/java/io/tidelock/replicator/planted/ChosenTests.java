package io.tidelock.replicator.planted;

import java.util.Arrays;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the tests that are named on its command line as {@code class#method}, and says of each how it ended. */
final class ChosenTests {
    private ChosenTests() {}

    /** Ends with 0 when it could run them, however they ended. */
    public static void main(String[] names) {
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(Arrays.stream(names)
                        .map(DiscoverySelectors::selectMethod)
                        .toList())
                .build();
        LauncherFactory.create().execute(request, new Telling());
        System.out.flush();
        Runtime.getRuntime().halt(0); // what a planted fault keeps running is not waited for
    }

    /** Prints a line for each end that is to be known. */
    private static final class Telling implements TestExecutionListener {
        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (test.isTest() || result.getStatus() != Status.SUCCESSFUL) {
                System.out.println(line(test, result));
            }
        }

        private static String line(TestIdentifier test, TestExecutionResult result) {
            return "ENDED %s %s %s"
                    .formatted(
                            result.getStatus(),
                            test.getDisplayName(),
                            result.getThrowable()
                                    .map(why ->
                                            why.toString().lines().findFirst().orElse(""))
                                    .orElse(""));
        }
    }
}
