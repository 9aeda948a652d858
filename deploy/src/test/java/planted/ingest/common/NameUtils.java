package planted.ingest.common;

/** Breaks rules 7 and 8 by its name, its package's name and its package. */
public final class NameUtils {}
