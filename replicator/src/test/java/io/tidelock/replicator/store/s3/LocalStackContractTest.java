package io.tidelock.replicator.store.s3;

import io.tidelock.replicator.store.LockContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ContainerFixture.Allowed.class)
class LocalStackContractTest extends LockContract {
    private final ContainerFixture fixture = ContainerFixture.localStack();

    @Override
    protected ContainerFixture fixture() {
        return fixture;
    }

    @AfterAll
    void closed() {
        fixture.close();
    }
}
