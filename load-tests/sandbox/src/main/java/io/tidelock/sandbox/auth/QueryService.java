package io.tidelock.sandbox.auth;

import java.util.Optional;

/** A service that shares the endpoint with S3 and speaks forms posted to the root, such as STS. Called on event loops; must not block. */
@FunctionalInterface
public interface QueryService {
    /** No such service. */
    QueryService NONE = (_, _) -> Optional.empty();

    /**
     * Answers a form posted to {@code /}.
     *
     * @param head the request, not yet authenticated
     * @param form the body, at most 64 KiB
     * @return the answer, or empty when the form is none of its business
     */
    Optional<Answer> answer(RequestHead head, byte[] form);

    /**
     * An answer.
     *
     * @param status the HTTP status
     * @param contentType the content type
     * @param body the document
     */
    record Answer(int status, String contentType, String body) {}
}
