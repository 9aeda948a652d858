package io.tidelock.compliance.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.policy.Policy;
import io.tidelock.compliance.snapshot.BucketDocument;
import java.util.List;
import java.util.function.Function;

/** The steps that many controls share. */
final class Judging {
    private Judging() {}

    /** Judges the bucket policy where it is known; unknown where it is not. */
    static Verdict policy(Evidence evidence, Verdict none, Function<Policy, Verdict> judge) {
        return known(evidence.theBucket().policy(), "the bucket policy", none, judge);
    }

    /** Judges one raw document of the bucket in question. */
    static Verdict document(
            Evidence evidence, BucketDocument document, Verdict none, Function<JsonNode, Verdict> judge) {
        return known(evidence.theBucket().document(document), document.key(), none, judge);
    }

    /** Judges a document where it is known; unknown where it is not. */
    static <T> Verdict known(Collected<T> document, String name, Verdict none, Function<T, Verdict> judge) {
        return switch (document) {
            case Collected.Known<T>(var value) -> judge.apply(value);
            case Collected.NotConfigured<T> _ -> none;
            case Collected.NotCollected<T> _, Collected.Unavailable<T> _ -> Verdict.unknown(document.uncertainty(name));
        };
    }

    /** Compliant when nothing was found and nothing was misunderstood. */
    static Verdict absent(Policy policy, List<String> found, String what) {
        if (!found.isEmpty()) {
            return Verdict.violation(what, found);
        }
        return policy.defects().isEmpty()
                ? Verdict.compliant("it is not so that " + what)
                : new Verdict.Unknown("a part of the policy could not be understood", policy.defects());
    }
}
