package io.tidelock.replicator.store.s3;

import io.tidelock.replicator.store.LockContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(CephStarted.class)
class CephContractTest extends LockContract {
    private final CephFixture fixture = new CephFixture();

    @Override
    protected CephFixture fixture() {
        return fixture;
    }

    @AfterAll
    void closed() {
        fixture.close();
    }
}
