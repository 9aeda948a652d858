package io.tidelock.sandbox.proof;

import org.junit.jupiter.api.Nested;

/** Every part of the contract, held against one server. */
abstract class ObjectContract {
    abstract ServerUnderTest server();

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
