package io.tidelock.sandbox.proof;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the sandbox, without exclusions. */
class SandboxObjectSemanticsTest extends ObjectContract {
    private static @Nullable ServerUnderTest running;

    @BeforeAll
    static void start(@TempDir Path bodies) {
        running = new SandboxServer(bodies);
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(running).close();
    }

    @Override
    ServerUnderTest server() {
        return Objects.requireNonNull(running);
    }

    @Nested
    class Fine extends FineSemantics {
        Fine() {
            super(server());
        }
    }
}
