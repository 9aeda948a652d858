package io.tidelock.sandbox.auth;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The header fields of a request; names are matched without regard to case. */
public interface Headers {
    /** The first value of a field. */
    Optional<String> first(String name);

    /** All values of a field, in their order. */
    List<String> all(String name);

    /** The names, in lower case. */
    Set<String> names();
}
