package io.tidelock.scenarios.quickstart;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.StoredVersion;
import io.tidelock.sandbox.model.Tampering;
import io.tidelock.sandbox.model.VersionListing;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Damage to one replica behind the store's back, which the check must find. */
enum Tamper {
    BYTE {
        @Override
        void apply(BucketState bucket) {
            new Tampering(bucket).corruptByte(first(bucket, version -> version.size() > 0), 0);
        }
    },
    ORDER {
        @Override
        void apply(BucketState bucket) {
            for (var key : keys(bucket)) {
                var data = data(bucket, key);
                if (data.size() > 1) {
                    new Tampering(bucket)
                            .swap(key, data.get(0).versionId(), data.get(1).versionId());
                    return;
                }
            }
            throw new IllegalStateException("no key has two versions to swap; write more objects");
        }
    },
    OWNER {
        @Override
        void apply(BucketState bucket) {
            new Tampering(bucket).changeOwner(first(bucket, _ -> true), "f".repeat(64));
        }
    },
    TAG {
        @Override
        void apply(BucketState bucket) {
            var tagged = first(bucket, version -> !version.attributes().tags().isEmpty());
            new Tampering(bucket)
                    .dropTag(
                            tagged,
                            tagged.attributes().tags().keySet().iterator().next());
        }
    };

    /** Does the damage to one version. */
    abstract void apply(BucketState bucket);

    private static StoredVersion first(BucketState bucket, Predicate<StoredVersion> wanted) {
        return keys(bucket).stream()
                .flatMap(key -> data(bucket, key).stream())
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no version can be tampered with so; write more objects"));
    }

    private static List<String> keys(BucketState bucket) {
        var everything = new VersionListing.Query("", "", "", Optional.empty(), Integer.MAX_VALUE);
        return bucket.list(everything).rows().stream()
                .map(row -> row.version().key())
                .distinct()
                .toList();
    }

    private static List<StoredVersion> data(BucketState bucket, String key) {
        return bucket.versions(key).stream()
                .filter(StoredVersion.class::isInstance)
                .map(StoredVersion.class::cast)
                .toList();
    }
}
