package io.tidelock.sandbox.proof;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the sandbox, without exclusions. */
class SandboxObjectSemanticsTest {
    private static @Nullable SandboxServer server;

    @BeforeAll
    static void start(@TempDir Path bodies) {
        server = new SandboxServer(bodies);
    }

    @AfterAll
    static void stop() {
        server().close();
    }

    private static SandboxServer server() {
        return Objects.requireNonNull(server);
    }

    @Nested
    class Versions extends VersionSemantics {
        Versions() {
            super(server());
        }
    }

    @Nested
    class Listings extends ListingSemantics {
        Listings() {
            super(server());
        }
    }

    @Nested
    class Conditions extends ConditionSemantics {
        Conditions() {
            super(server());
        }
    }

    @Nested
    class Content extends ContentSemantics {
        Content() {
            super(server());
        }
    }

    @Nested
    class Multipart extends MultipartSemantics {
        Multipart() {
            super(server());
        }
    }

    @Nested
    class Fine extends FineSemantics {
        Fine() {
            super(server());
        }
    }
}
