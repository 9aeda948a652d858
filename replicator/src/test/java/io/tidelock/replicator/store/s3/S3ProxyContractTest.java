package io.tidelock.replicator.store.s3;

import io.tidelock.replicator.store.AccessContract;
import org.junit.jupiter.api.AfterAll;

class S3ProxyContractTest extends AccessContract {
    private final S3ProxyFixture fixture = new S3ProxyFixture();

    @Override
    protected S3ProxyFixture fixture() {
        return fixture;
    }

    @AfterAll
    void closed() {
        fixture.close();
    }
}
