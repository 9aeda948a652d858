package io.tidelock.replicator.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.BucketEvent.Aspect;
import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.ObjectLock;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.replicator.plan.TwoSides;
import io.tidelock.replicator.store.AclWrite;
import io.tidelock.replicator.store.Grant;
import io.tidelock.replicator.store.Grant.Grantee;
import io.tidelock.replicator.store.Grant.Permission;
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.InMemoryObjectStore;
import io.tidelock.replicator.store.ObjectAcl;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Random changes of a source version's tags, ACL and lock, and whether a replica has the same. */
final class SourceAspects {
    private static final List<AclWrite> ACLS = List.of(
            AclWrite.DEFAULT,
            AclWrite.canned("public-read"),
            AclWrite.of(Set.of(
                    new Grant(new Grantee.Account("source-owner"), Permission.READ_ACP),
                    new Grant(new Grantee.Account("auditor"), Permission.READ))));

    private final TwoSides sides;
    private final Random random;
    private final List<Aspect> changing;

    SourceAspects(TwoSides sides, Random random, Set<HistoryTrait> traits) {
        this.sides = sides;
        this.random = random;
        var withAcls = traits.contains(HistoryTrait.ACLS);
        var withLocks = traits.contains(HistoryTrait.LOCKS);
        if (withAcls) {
            sides.source.world().ownership(sides.originals, "ObjectWriter");
            sides.destination.world().ownership(sides.replicas, "ObjectWriter");
        }
        if (withLocks) {
            sides.source.world().objectLock(sides.originals);
            sides.destination.world().objectLock(sides.replicas);
        }
        changing = withAcls
                ? withLocks ? List.of(Aspect.values()) : List.of(Aspect.TAGS, Aspect.ACL)
                : withLocks ? List.of(Aspect.TAGS, Aspect.RETENTION, Aspect.LEGAL_HOLD) : List.of(Aspect.TAGS);
    }

    /** Changes one aspect of a version and says which. */
    Aspect change(ObjectVersion version) {
        var aspect = changing.get(random.nextInt(changing.size()));
        switch (aspect) {
            case TAGS -> sides.source.putTags(version, Map.of("t", "tag-" + random.nextInt(3)));
            case ACL -> sides.source.world().acl(version, ACLS.get(random.nextInt(ACLS.size())));
            case RETENTION -> retain(version);
            case LEGAL_HOLD -> sides.source.putLegalHold(version);
        }
        return aspect;
    }

    private void retain(ObjectVersion version) {
        var lock = head(sides.source, version).lock();
        var before = lock.retainUntil() == null ? TwoSides.START.plus(Duration.ofDays(100)) : lock.retainUntil();
        var mode = lock.mode() == null || random.nextInt(3) == 0 ? "GOVERNANCE" : lock.mode();
        var harder = "COMPLIANCE".equals(lock.mode()) || random.nextInt(3) == 0 ? "COMPLIANCE" : mode;
        sides.source.world().lock(version, new ObjectLock(harder, before.plus(Duration.ofDays(1)), lock.legalHold()));
    }

    /** The replica of a version that the source still holds has all that it has now. */
    void judge(ObjectVersion source, ObjectVersion replica, String trace) {
        assertThat(sides.destination.tags(replica)).as("tags; %s", trace).isEqualTo(sides.source.tags(source));
        assertThat(head(sides.destination, replica).lock())
                .as("lock; %s", trace)
                .isEqualTo(head(sides.source, source).lock());
        if (changing.contains(Aspect.ACL)) {
            assertThat(others(sides.destination.acl(replica)))
                    .as("ACL; %s", trace)
                    .isEqualTo(others(sides.source.acl(source)));
        }
    }

    /** What anybody but the owner may do, who is another one on each side. */
    private static Set<Grant> others(ObjectAcl acl) {
        return acl.grants().stream()
                .filter(grant -> !(grant.grantee() instanceof Grantee.Account(var id)
                        && id.equals(acl.owner())
                        && grant.permission() == Permission.FULL_CONTROL))
                .collect(Collectors.toSet());
    }

    private static ObjectHead head(InMemoryObjectStore store, ObjectVersion version) {
        return ((HeadAnswer.Present) store.head(version)).head();
    }
}
