package io.tidelock.replicator.execute;

/** What happens in some generated histories only. */
enum HistoryTrait {
    /** The source's versioning is suspended and enabled at times. */
    SUSPENSION,
    /** Lifecycle makes markers at the source. */
    LIFECYCLE,
    /** Some versions have so much metadata that the origin mark has no room. */
    LONG_METADATA,
    /** ACLs change and are copied. */
    ACLS,
    /** Retentions and holds are put and carried. */
    LOCKS,
    /** Tags change. */
    TAGS,
    /** People delete, so that there are markers. */
    MARKERS,
    /** Events say who wrote. */
    PRINCIPALS,
    /** Many changes fall into one second. */
    HASTE,
    /** Events are lost; a resync follows at the end. */
    LOSS
}
