package io.tidelock.compliance.policy;

import java.util.List;
import java.util.function.BiPredicate;

/**
 * One bucket as policies name it: its own ARN and the ARN of its objects, in whichever partition a pattern speaks of.
 *
 * @param name the bucket's name
 */
public record BucketResource(String name) {
    private static final List<String> PARTITIONS = List.of("aws", "aws-cn", "aws-us-gov");

    /** The bucket's ARN in the commercial partition. */
    public String arn() {
        return "arn:aws:s3:::" + name;
    }

    /** Everything in the bucket, in the commercial partition. */
    public String objectsArn() {
        return arn() + "/*";
    }

    /** Whether requests on the bucket itself are spoken of for certain. */
    public boolean coversBucket(Selection resources) {
        return test(resources, name, Arn::covers, true);
    }

    /** Whether requests on every object are spoken of for certain. */
    public boolean coversObjects(Selection resources) {
        return test(resources, name + "/*", Arn::covers, true);
    }

    /** Whether a request on the bucket itself may be spoken of. */
    public boolean mayNameBucket(Selection resources) {
        return test(resources, name, Arn::overlaps, false);
    }

    /** Whether a request on some object may be spoken of. */
    public boolean mayNameObjects(Selection resources) {
        return test(resources, name + "/*", Arn::overlaps, false);
    }

    private static boolean test(
            Selection resources, String resource, BiPredicate<String, String> relation, boolean certain) {
        if (!resources.present()) {
            return false;
        }
        if (resources.negated()) {
            return !certain && resources.patterns().stream().noneMatch(pattern -> any(pattern, resource, Arn::covers));
        }
        return resources.patterns().stream()
                .filter(pattern -> !certain || !pattern.contains("${"))
                .map(Variables::asWildcards)
                .anyMatch(pattern -> any(pattern, resource, relation));
    }

    private static boolean any(String pattern, String resource, BiPredicate<String, String> relation) {
        if (PARTITIONS.stream().anyMatch(partition -> relation.test(pattern, arn(partition, resource)))) {
            return true;
        }
        // Partitions that nobody listed here: the pattern's own.
        return Arn.parse(pattern)
                .filter(arn -> new Glob(arn.partition()).isLiteral())
                .filter(arn -> relation.test(pattern, arn(arn.partition(), resource)))
                .isPresent();
    }

    private static String arn(String partition, String resource) {
        return "arn:" + partition + ":s3:::" + resource;
    }
}
