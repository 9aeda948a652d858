package io.tidelock.compliance.control;

import static io.tidelock.compliance.control.Severity.CRITICAL;
import static io.tidelock.compliance.control.Severity.HIGH;
import static io.tidelock.compliance.control.Severity.LOW;
import static io.tidelock.compliance.control.Severity.MEDIUM;

import io.tidelock.compliance.access.Acl;
import io.tidelock.compliance.access.Grant;
import io.tidelock.compliance.access.Ownership;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.policy.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What the access control lists give away (rules A1 to A7). */
final class AclControls {
    private static final String DISABLE = "aws s3api put-bucket-ownership-controls --bucket BUCKET --ownership-controls"
            + " 'Rules=[{ObjectOwnership=BucketOwnerEnforced}]'";
    private static final String PRIVATE = "aws s3api put-bucket-acl --bucket BUCKET --acl private";

    private AclControls() {}

    static List<Control> all() {
        return List.of(
                Control.of("acl-public", CRITICAL, "The bucket's ACL grants nothing to everybody")
                        .because("AllUsers is everybody; AuthenticatedUsers is everybody with any AWS account.")
                        .remedy(PRIVATE)
                        .also(
                                "s3_bucket_public_access s3_bucket_public_list_acl",
                                "S3.2",
                                "s3-bucket-public-read-prohibited",
                                "2.21")
                        .judge(evidence -> ofBucket(evidence, _ -> true, "grants something to everybody")),
                Control.of("acl-public-read", CRITICAL, "The bucket's ACL lets nobody unknown list or read the ACL")
                        .because("A listing tells every name, and names are what the rest of an attack needs.")
                        .remedy(PRIVATE)
                        .also("s3_bucket_public_list_acl", "S3.2", "s3-bucket-public-read-prohibited", "2.21")
                        .judge(evidence -> ofBucket(evidence, Grant::reads, "lets everybody read")),
                Control.of("acl-public-write", CRITICAL, "The bucket's ACL lets nobody unknown write")
                        .because("WRITE creates objects; WRITE_ACP takes everything.")
                        .remedy(PRIVATE)
                        .also("s3_bucket_public_write_acl", "S3.3", "s3-bucket-public-write-prohibited", "2.21")
                        .judge(evidence -> ofBucket(evidence, Grant::writes, "lets everybody write")),
                Control.of("acl-canned-public-read", CRITICAL, "The bucket's ACL is not what public-read makes")
                        .because("It lets everybody list the bucket.")
                        .remedy(PRIVATE)
                        .also("s3_bucket_public_list_acl", "S3.2", "s3-bucket-public-read-prohibited", "2.21")
                        .judge(evidence -> ofBucket(
                                evidence,
                                grant -> grant.kind() == Grant.Kind.ALL_USERS && grant.gives("READ"),
                                "is public-read")),
                Control.of(
                                "acl-canned-public-read-write",
                                CRITICAL,
                                "The bucket's ACL is not what public-read-write makes")
                        .because("It lets everybody list and write.")
                        .remedy(PRIVATE)
                        .also("s3_bucket_public_write_acl", "S3.3", "s3-bucket-public-write-prohibited", "2.21")
                        .judge(evidence -> ofBucket(
                                evidence,
                                grant -> grant.kind() == Grant.Kind.ALL_USERS && grant.gives("WRITE"),
                                "is public-read-write")),
                Control.of("acl-cross-account", HIGH, "The bucket's ACL grants nothing to another account")
                        .because("A grant to a canonical id is a grant to a whole account, without conditions.")
                        .remedy(PRIVATE)
                        .also("s3_bucket_cross_account_access", "", "", "")
                        .judge(AclControls::crossAccount),
                Control.of("acl-owner-without-grant", LOW, "The owner still has FULL_CONTROL")
                        .because(
                                "An ACL that was replaced without it leaves the owner with less than everybody assumes.")
                        .remedy(PRIVATE)
                        .judge(AclControls::ownerWithoutGrant),
                Control.of("object-acl-public", CRITICAL, "No object's ACL grants anything to everybody")
                        .because("One object can be public in a bucket that is not.")
                        .remedy("aws s3api put-object-acl --bucket BUCKET --key KEY --acl private")
                        .also("s3_bucket_object_public", "", "", "")
                        .judge(AclControls::objects),
                Control.of("acls-disabled", MEDIUM, "ACLs are disabled")
                        .because(
                                "With BucketOwnerEnforced policies alone decide, and the bucket owner owns every object.")
                        .remedy(DISABLE)
                        .also("s3_bucket_acl_prohibited", "S3.12", "s3-bucket-acl-prohibited", "")
                        .judge(AclControls::disabled));
    }

    private static Verdict disabled(Evidence evidence) {
        return Judging.known(
                evidence.theBucket().ownership(),
                "ownershipControls",
                Verdict.violation("no ownership controls are configured, so uploaders own their objects", List.of()),
                ownership -> ownership == Ownership.BUCKET_OWNER_ENFORCED
                        ? Verdict.compliant("ObjectOwnership is BucketOwnerEnforced")
                        : Verdict.violation("ACLs are in force", List.of("ObjectOwnership " + ownership)));
    }

    private static Verdict ofBucket(Evidence evidence, Predicate<Grant> wanted, String what) {
        Collected<Ownership> ownership = evidence.theBucket().ownership();
        if (Ownership.enforced(ownership) == Truth.TRUE) {
            return Verdict.compliant("ACLs are void under BucketOwnerEnforced");
        }
        return Judging.known(
                evidence.theBucket().acl(),
                "the bucket's ACL",
                Verdict.compliant("there is no ACL"),
                acl -> switch (acl.isPublic(wanted)) {
                    case FALSE ->
                        Verdict.compliant("the bucket's ACL does not match: no grant to everybody of this kind");
                    case UNKNOWN -> new Verdict.Unknown("a grant could not be understood", acl.defects());
                    case TRUE -> inForce(ownership, "the bucket's ACL " + what, lines(acl, wanted, ""));
                });
    }

    /**
     * Under BucketOwnerEnforced S3 answers with the owner's grant alone, so a grant to somebody else stands unless the
     * ownership was asked for and not told.
     */
    private static Verdict inForce(Collected<Ownership> ownership, String what, List<String> lines) {
        if (ownership instanceof Collected.Unavailable<Ownership>) {
            return new Verdict.Unknown(
                    what + " unless ACLs are void: " + ownership.uncertainty("ownershipControls"), lines);
        }
        return Verdict.violation(what, lines);
    }

    private static List<String> lines(Acl acl, Predicate<Grant> wanted, String prefix) {
        var lines = new ArrayList<String>();
        if (acl.canned() != null) {
            lines.add(prefix + "CannedACL " + acl.canned());
        }
        acl.publicGrants().stream().filter(wanted).forEach(grant -> lines.add(prefix + grant));
        return lines;
    }

    private static Verdict crossAccount(Evidence evidence) {
        Collected<Ownership> ownership = evidence.theBucket().ownership();
        if (Ownership.enforced(ownership) == Truth.TRUE) {
            return Verdict.compliant("ACLs are void under BucketOwnerEnforced");
        }
        Set<String> trusted = new TreeSet<>(evidence.trusted().principals());
        trusted.addAll(evidence.trusted().accounts());
        return Judging.known(
                evidence.theBucket().acl(), "the bucket's ACL", Verdict.compliant("there is no ACL"), acl -> {
                    List<String> foreign = acl.foreignGrants(trusted).stream()
                            .map(Grant::toString)
                            .toList();
                    if (!foreign.isEmpty() && acl.ownerId() == null) {
                        return new Verdict.Unknown("the ACL does not say who owns the bucket", foreign);
                    }
                    if (!foreign.isEmpty()) {
                        return inForce(ownership, "the bucket's ACL grants to another account", foreign);
                    }
                    return acl.defects().isEmpty()
                            ? Verdict.compliant("every grant is to the owner, to somebody trusted or to AWS itself")
                            : new Verdict.Unknown("a grant could not be understood", acl.defects());
                });
    }

    private static Verdict ownerWithoutGrant(Evidence evidence) {
        Collected<Ownership> ownership = evidence.theBucket().ownership();
        if (Ownership.enforced(ownership) == Truth.TRUE) {
            return Verdict.compliant("ACLs are void under BucketOwnerEnforced");
        }
        return Judging.known(
                evidence.theBucket().acl(), "the bucket's ACL", Verdict.compliant("there is no ACL"), acl -> {
                    if (acl.ownerId() == null && acl.canned() == null) {
                        return Verdict.unknown("the ACL does not say who owns the bucket");
                    }
                    return acl.ownerHasFullControl()
                            ? Verdict.compliant("the owner has FULL_CONTROL")
                            : inForce(
                                    ownership,
                                    "the owner's own grant is gone; reading and writing the ACL is all that is left",
                                    acl.grants().stream().map(Grant::toString).toList());
                });
    }

    private static Verdict objects(Evidence evidence) {
        Collected<Ownership> ownership = evidence.theBucket().ownership();
        if (Ownership.enforced(ownership) == Truth.TRUE) {
            return Verdict.compliant("ACLs are void under BucketOwnerEnforced");
        }
        var acls = evidence.theBucket().objectAcls();
        if (acls.isEmpty()) {
            return Verdict.unknown("no object's ACL was collected");
        }
        var open = new ArrayList<String>();
        var unclear = new ArrayList<String>();
        acls.forEach((key, collected) -> {
            switch (collected) {
                case Collected.Known<Acl>(var acl) -> {
                    open.addAll(acl.isPublic(_ -> true) == Truth.TRUE ? lines(acl, _ -> true, key + ": ") : List.of());
                    acl.defects().forEach(defect -> unclear.add(key + ": " + defect));
                }
                case Collected.NotConfigured<Acl> _ -> {}
                case Collected.NotCollected<Acl> _, Collected.Unavailable<Acl> _ ->
                    unclear.add(collected.uncertainty("the ACL of " + key));
            }
        });
        if (!open.isEmpty()) {
            return inForce(ownership, "an object's ACL grants something to everybody", open);
        }
        return unclear.isEmpty()
                ? Verdict.compliant("none of the " + acls.size() + " objects collected is public by its ACL")
                : new Verdict.Unknown("the ACL of an object is not known", unclear);
    }
}
