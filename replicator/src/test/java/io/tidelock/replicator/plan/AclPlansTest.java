package io.tidelock.replicator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.BucketEvent.Aspect;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.Plan.Replicate;
import io.tidelock.replicator.plan.Plan.Skip;
import io.tidelock.replicator.plan.Plan.SyncMetadata;
import io.tidelock.replicator.rule.AclPolicy;
import io.tidelock.replicator.rule.RuleDestination;
import io.tidelock.replicator.rule.RuleFilter;
import io.tidelock.replicator.store.AclWrite;
import io.tidelock.replicator.store.Grant;
import io.tidelock.replicator.store.Grant.Grantee;
import io.tidelock.replicator.store.Grant.Permission;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AclPlansTest {
    private static final Grant AUDITOR_READS = new Grant(new Grantee.Account("auditor"), Permission.READ);
    private static final Grant OWNER_CONTROLS = new Grant(new Grantee.Account("source-owner"), Permission.FULL_CONTROL);
    private static final Grant PUBLIC_READS = new Grant(Grantee.Group.ALL_USERS, Permission.READ);

    private final TwoSides sides = new TwoSides();

    @BeforeEach
    void bothBucketsHaveAcls() {
        sides.source.world().ownership(sides.originals, "ObjectWriter");
        sides.destination.world().ownership(sides.replicas, "ObjectWriter");
    }

    private VersionId put(AclWrite acl) {
        var id = sides.put("one");
        grant(id, acl);
        return id;
    }

    private void grant(VersionId id, AclWrite acl) {
        sides.source.world().acl(new ObjectVersion(sides.key, id), acl);
    }

    private AclWrite replicaAcl(VersionId id) {
        return ((Replicate) sides.decide(sides.created(id, 1)).plan()).write().acl();
    }

    private Plan changed(VersionId id) {
        return sides.decide(sides.changed(id, Aspect.ACL, "ObjectAcl:Put")).plan();
    }

    private void override() {
        sides.rule = TwoSides.rule(
                new RuleFilter.Everything(), new RuleDestination("replicas", "222", null, null, true, false, false));
    }

    @Test
    void rule_30_without_owner_override_the_acl_goes_along() {
        // Given
        var id = put(AclWrite.of(Set.of(OWNER_CONTROLS, AUDITOR_READS, PUBLIC_READS)));

        // When / Then
        assertThat(replicaAcl(id)).isEqualTo(AclWrite.of(Set.of(OWNER_CONTROLS, AUDITOR_READS, PUBLIC_READS)));
    }

    @Test
    void rule_30_what_a_canned_acl_says_stays_canned_as_it_speaks_of_the_owner_of_the_replica() {
        for (var name : List.of("public-read", "public-read-write", "authenticated-read")) {
            // Given
            var id = put(AclWrite.canned(name));

            // When / Then
            assertThat(replicaAcl(id)).isEqualTo(AclWrite.canned(name));
        }
    }

    @Test
    void rule_30_a_private_acl_needs_no_header() {
        assertThat(replicaAcl(sides.put("one"))).isEqualTo(AclWrite.DEFAULT);
    }

    @Test
    void rule_30_grantees_are_mapped_to_the_accounts_of_the_destination() {
        // Given
        sides.acl = new AclPolicy(true, Map.of("source-owner", "their-owner", "auditor", "their-auditor"), true);
        var id = put(AclWrite.of(Set.of(OWNER_CONTROLS, AUDITOR_READS)));

        // When / Then
        assertThat(replicaAcl(id))
                .isEqualTo(AclWrite.of(Set.of(
                        new Grant(new Grantee.Account("their-owner"), Permission.FULL_CONTROL),
                        new Grant(new Grantee.Account("their-auditor"), Permission.READ))));
    }

    @Test
    void rule_30_grantees_without_a_mapping_are_left_out_where_that_is_wished() {
        // Given
        sides.acl = new AclPolicy(true, Map.of("auditor", "their-auditor"), false);
        var id = put(AclWrite.of(Set.of(OWNER_CONTROLS, AUDITOR_READS)));
        var toNobodyKnown = put(AclWrite.of(Set.of(OWNER_CONTROLS)));
        grant(toNobodyKnown, AclWrite.of(Set.of(new Grant(new Grantee.Account("stranger"), Permission.READ))));

        // When / Then
        assertThat(replicaAcl(id))
                .isEqualTo(AclWrite.of(Set.of(new Grant(new Grantee.Account("their-auditor"), Permission.READ))));
        assertThat(replicaAcl(toNobodyKnown)).isEqualTo(AclWrite.DEFAULT);
    }

    @Test
    void rule_30_no_acl_is_read_where_either_bucket_has_none() {
        var id = put(AclWrite.of(Set.of(OWNER_CONTROLS, AUDITOR_READS)));
        for (var enforced : List.of(true, false)) {
            // Given
            sides.source.world().ownership(sides.originals, enforced ? "BucketOwnerEnforced" : "ObjectWriter");
            sides.destination.world().ownership(sides.replicas, enforced ? "ObjectWriter" : "BucketOwnerEnforced");

            // When
            var acl = replicaAcl(id);

            // Then
            assertThat(acl).isEqualTo(AclWrite.DEFAULT);
            assertThat(sides.asked).doesNotContain(new Question.SourceAcl(id));
        }
    }

    @Test
    void rule_30_acls_stay_where_the_configuration_says_so() {
        // Given
        sides.acl = new AclPolicy(false, Map.of(), true);
        var id = put(AclWrite.canned("public-read"));

        // When / Then
        assertThat(replicaAcl(id)).isEqualTo(AclWrite.DEFAULT);
        assertThat(changed(id)).isEqualTo(new Skip(SkipReason.ACL_NOT_COPIED));
    }

    @Test
    void rule_32_with_owner_override_the_acl_is_dropped_and_later_changes_are_not_carried_over() {
        // Given
        override();
        var id = put(AclWrite.canned("public-read"));
        var written = replicaAcl(id);
        sides.replicate(sides.created(id, 1));

        // When
        var later = changed(id);

        // Then
        assertThat(written).isEqualTo(AclWrite.DEFAULT);
        assertThat(later).isEqualTo(new Skip(SkipReason.ACL_NOT_COPIED));
    }

    @Test
    void rule_34_a_changed_acl_is_changed_on_the_replica_of_that_version() {
        // Given
        var id = put(AclWrite.DEFAULT);
        var replica = sides.replicate(sides.created(id, 1));
        grant(id, AclWrite.of(Set.of(OWNER_CONTROLS, AUDITOR_READS)));

        // When
        var plan = changed(id);

        // Then
        assertThat(plan)
                .isEqualTo(new SyncMetadata(
                        id,
                        List.of(new MetadataChange.Acl(
                                new ObjectVersion(sides.replica, replica),
                                AclWrite.of(Set.of(OWNER_CONTROLS, AUDITOR_READS)))),
                        false));
    }

    @Test
    void rule_34_an_acl_that_became_private_is_made_private() {
        // Given
        var id = put(AclWrite.canned("public-read"));
        var replica = sides.replicate(sides.created(id, 1));
        grant(id, AclWrite.DEFAULT);

        // When / Then
        assertThat(changed(id))
                .isEqualTo(new SyncMetadata(
                        id,
                        List.of(new MetadataChange.Acl(
                                new ObjectVersion(sides.replica, replica), AclWrite.canned("private"))),
                        false));
    }

    @Test
    void rule_34_an_acl_that_is_there_already_is_not_written_again() {
        for (var acl : List.of(
                AclWrite.DEFAULT, AclWrite.canned("public-read"), AclWrite.of(Set.of(OWNER_CONTROLS, AUDITOR_READS)))) {
            // Given
            var id = put(acl);
            sides.replicate(sides.created(id, 1));

            // When / Then
            assertThat(changed(id)).as("%s", acl).isEqualTo(new Skip(SkipReason.ALREADY_REPLICATED));
        }
    }

    @Test
    void rule_42_what_is_put_back_on_top_keeps_its_acl() {
        // Given
        var first = put(AclWrite.DEFAULT);
        var second = put(AclWrite.canned("public-read"));
        sides.replicate(sides.created(second, 2));

        // When
        var late = (Replicate) sides.decide(sides.created(first, 1)).plan();

        // Then
        assertThat(late.putBack()
                        .map(back -> ((Plan.PutBack.Version) back).write().acl()))
                .contains(AclWrite.canned("public-read"));
    }
}
