package io.tidelock.replicator.store.s3;

import io.tidelock.domain.ObjectVersion;
import io.tidelock.replicator.store.AclWrite;
import io.tidelock.replicator.store.Grant;
import io.tidelock.replicator.store.Grant.Grantee;
import io.tidelock.replicator.store.Grant.Permission;
import io.tidelock.replicator.store.ObjectAcl;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import java.util.HashSet;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.GetObjectAclResponse;
import software.amazon.awssdk.services.s3.model.PutObjectAclRequest;
import software.amazon.awssdk.services.s3.model.Type;

/** The ACL that a store answers with, and the one that it is given. */
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

    /** As headers, which are not to be many. */
    static PutObjectAclRequest inHeaders(ObjectVersion version, AclWrite acl) {
        return of(version)
                .acl(acl.canned())
                .grantFullControl(grantees(acl, Permission.FULL_CONTROL))
                .grantRead(grantees(acl, Permission.READ))
                .grantReadACP(grantees(acl, Permission.READ_ACP))
                .grantWriteACP(grantees(acl, Permission.WRITE_ACP))
                .build();
    }

    /**
     * As a document, which may have any number of grants.
     *
     * @param owner of the version; S3 refuses a document that names another one
     */
    static PutObjectAclRequest inBody(ObjectVersion version, String owner, AclWrite acl) {
        var grants = acl.grants().stream().map(Acls::asDocument).toList();
        return of(version)
                .accessControlPolicy(
                        policy -> policy.owner(owned -> owned.id(owner)).grants(grants))
                .build();
    }

    private static PutObjectAclRequest.Builder of(ObjectVersion version) {
        return PutObjectAclRequest.builder()
                .bucket(version.object().bucket().name())
                .key(version.object().key())
                .versionId(version.id().value());
    }

    private static software.amazon.awssdk.services.s3.model.Grant asDocument(Grant grant) {
        var grantee = software.amazon.awssdk.services.s3.model.Grantee.builder();
        switch (grant.grantee()) {
            case Grantee.Account(var id) -> grantee.type(Type.CANONICAL_USER).id(id);
            case Grantee.Group(var uri) -> grantee.type(Type.GROUP).uri(uri);
        }
        return software.amazon.awssdk.services.s3.model.Grant.builder()
                .grantee(grantee.build())
                .permission(grant.permission().name())
                .build();
    }

    /** Sorted, so that the same grants are always the same request. */
    static @Nullable String grantees(AclWrite acl, Permission permission) {
        var all = acl.grants().stream()
                .filter(grant -> grant.permission() == permission)
                .map(grant -> switch (grant.grantee()) {
                    case Grantee.Account(var id) -> "id=\"" + id + '"';
                    case Grantee.Group(var uri) -> "uri=\"" + uri + '"';
                })
                .sorted()
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? null : all;
    }

    private static Optional<Permission> permission(String name) {
        for (var permission : Permission.values()) {
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
