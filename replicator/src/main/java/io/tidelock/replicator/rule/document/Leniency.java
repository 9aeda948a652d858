package io.tidelock.replicator.rule.document;

/**
 * Where a document may be less, or more, than S3's reference says.
 *
 * @param markersWithTags whether a rule that selects by tag may propagate delete markers, which S3 refuses (rule 5)
 * @param missingMarkerPolicy whether a V2 rule without {@code DeleteMarkerReplication} means Disabled (rule 2)
 */
public record Leniency(boolean markersWithTags, boolean missingMarkerPolicy) {
    /** As the reference says. */
    public static final Leniency NONE = new Leniency(false, false);
}
