package planted.replicator;

/** Nobody's business outside of its module. */
public final class Inside {}
