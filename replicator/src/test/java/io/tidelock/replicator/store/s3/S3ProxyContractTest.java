package io.tidelock.replicator.store.s3;

import io.tidelock.replicator.store.LockContract;
import org.junit.jupiter.api.AfterAll;

class S3ProxyContractTest extends LockContract {
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
