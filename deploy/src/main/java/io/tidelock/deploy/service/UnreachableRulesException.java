package io.tidelock.deploy.service;

import io.tidelock.replicator.store.StoreException;

/** The rules of a source bucket cannot be read now, as its store does not answer; nobody has to change anything. */
final class UnreachableRulesException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** @param message names the bucket */
    UnreachableRulesException(String message, StoreException cause) {
        super(message, cause);
    }
}
