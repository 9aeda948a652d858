package io.tidelock.replicator.store.s3;

import io.tidelock.replicator.store.LockContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MotoFixture.Installed.class)
class MotoContractTest extends LockContract {
    private final MotoFixture fixture = new MotoFixture();

    @Override
    protected MotoFixture fixture() {
        return fixture;
    }

    @AfterAll
    void closed() {
        fixture.close();
    }
}
