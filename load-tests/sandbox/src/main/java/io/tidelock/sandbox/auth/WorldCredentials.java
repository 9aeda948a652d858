package io.tidelock.sandbox.auth;

import io.tidelock.sandbox.model.AccessKey;
import io.tidelock.sandbox.model.Account;
import io.tidelock.sandbox.model.World;
import java.util.Optional;

/** The keys of all accounts of a world and of all sessions. Thread-safe. */
final class WorldCredentials implements SigV4Verifier.Credentials {
    private final World world;
    private final Sessions sessions;

    WorldCredentials(World world, Sessions sessions) {
        this.world = world;
        this.sessions = sessions;
    }

    @Override
    public Optional<Credential> find(String accessKeyId) {
        return sessions.find(accessKeyId)
                .or(() -> world.holderOf(accessKeyId).flatMap(account -> lasting(account, accessKeyId)));
    }

    private static Optional<Credential> lasting(Account account, String accessKeyId) {
        return account.accessKeys().stream()
                .filter(key -> key.id().equals(accessKeyId))
                .findFirst()
                .map(key -> lasting(account, key));
    }

    private static Credential lasting(Account account, AccessKey key) {
        var caller = new Caller(
                account.id(),
                account.canonicalId(),
                account.rootArn(),
                "AWS:" + account.id(),
                key.id(),
                Optional.empty());
        return new Credential(key.id(), key.secret(), caller, null);
    }
}
