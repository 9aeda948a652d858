package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Grant;
import io.tidelock.sandbox.model.Refusal;
import java.util.Set;

/** Whom a grant can name (UG: Access control list overview, who is a grantee). */
final class Grantees {
    private static final Set<String> GROUPS = Set.of(Grant.ALL_USERS, Grant.AUTHENTICATED_USERS, Grant.LOG_DELIVERY);

    private Grantees() {}

    /** An account by its canonical id, which must exist. */
    static String account(Exchange exchange, String canonicalId, String argument) {
        var known = exchange.world().accounts().stream()
                .anyMatch(account -> account.canonicalId().equals(canonicalId));
        if (!known) {
            throw invalid("Invalid id", argument, canonicalId);
        }
        return canonicalId;
    }

    static String group(String uri, String argument) {
        if (!GROUPS.contains(uri)) {
            throw invalid("Invalid group uri", argument, uri);
        }
        return uri;
    }

    /** Mail addresses are taken no more (API: Grantee, end of support notice of October 2025). */
    static Refusal mail() {
        return new Refusal(ErrorCode.METHOD_NOT_ALLOWED, "Grantees by e-mail address are no longer supported");
    }

    private static Refusal invalid(String message, String argument, String value) {
        return new Refusal(ErrorCode.INVALID_ARGUMENT, message)
                .with("ArgumentName", argument)
                .with("ArgumentValue", value);
    }
}
