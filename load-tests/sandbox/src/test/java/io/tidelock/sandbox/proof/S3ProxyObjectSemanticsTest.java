package io.tidelock.sandbox.proof;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The contract on S3Proxy: what holds on both servers is not the sandbox's own opinion. */
class S3ProxyObjectSemanticsTest {
    private static @Nullable S3ProxyServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new S3ProxyServer();
        server.gaps().forEach(gap -> System.out.println("Not asked of " + server().name() + ": " + gap.reason()));
    }

    @AfterAll
    static void stop() {
        server().close();
    }

    private static S3ProxyServer server() {
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
}
