package io.tidelock.sandbox.proof;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on S3Proxy: what holds on both servers is not the sandbox's own opinion. */
class S3ProxyObjectSemanticsTest extends ObjectContract {
    private static @Nullable ServerUnderTest running;

    @BeforeAll
    static void start() throws Exception {
        running = new S3ProxyServer();
        running.gaps().forEach(gap -> System.out.println("Not asked of S3Proxy 4.1.0: " + gap.reason()));
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(running).close();
    }

    @Override
    ServerUnderTest server() {
        return Objects.requireNonNull(running);
    }
}
