package io.tidelock.replicator.store.s3;

import io.tidelock.replicator.store.Grant;
import io.tidelock.replicator.store.Grant.Grantee;
import io.tidelock.replicator.store.ObjectAcl;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import java.util.HashSet;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.GetObjectAclResponse;

/** The ACL that a store answers with. */
final class Acls {
    private Acls() {}

    static ObjectAcl read(GetObjectAclResponse answer) {
        var owner = answer.owner();
        if (owner == null || owner.id() == null) {
            throw new StoreException(StoreFailure.UNSUPPORTED, "GetObjectAcl", "the answer names no owner", null);
        }
        var grants = new HashSet<Grant>();
        for (var grant : answer.grants()) {
            var permission = permission(grant.permissionAsString());
            var grantee = grantee(grant.grantee());
            if (permission.isPresent() && grantee.isPresent()) {
                grants.add(new Grant(grantee.get(), permission.get()));
            }
        }
        return new ObjectAcl(owner.id(), grants);
    }

    private static Optional<Grant.Permission> permission(String name) {
        for (var permission : Grant.Permission.values()) {
            if (permission.name().equals(name)) {
                return Optional.of(permission);
            }
        }
        return Optional.empty();
    }

    /** S3 answers with ids and URIs only, also where an address was granted. */
    private static Optional<Grantee> grantee(software.amazon.awssdk.services.s3.model.Grantee grantee) {
        return grantee.uri() != null
                ? Optional.of(new Grantee.Group(grantee.uri()))
                : Optional.ofNullable(grantee.id()).map(Grantee.Account::new);
    }
}
