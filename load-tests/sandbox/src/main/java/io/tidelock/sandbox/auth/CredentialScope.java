package io.tidelock.sandbox.auth;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import java.util.Arrays;

/** What a signature is good for: one key on one day for one region and service. */
record CredentialScope(String accessKeyId, String date, String region, String service) {
    private static final String TERMINATOR = "aws4_request";

    /** Reads {@code key/date/region/service/aws4_request}; an access key id may itself hold slashes. */
    static CredentialScope parse(String credential, ErrorCode errorCode, String place) {
        var parts = credential.split("/", -1);
        int last = parts.length - 1;
        if (last < 4 || !parts[last].equals(TERMINATOR) || !parts[last - 3].matches("[0-9]{8}")) {
            throw new Refusal(
                    errorCode,
                    place + "; the Credential is mal-formed; expecting"
                            + " \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
        }
        var accessKeyId = String.join("/", Arrays.copyOf(parts, last - 3));
        return new CredentialScope(accessKeyId, parts[last - 3], parts[last - 2], parts[last - 1]);
    }

    /** Refuses a scope of another region or service than the server's own. */
    void requireFor(String serverRegion, String serverService, ErrorCode errorCode, String place) {
        if (!region.equals(serverRegion)) {
            throw new Refusal(
                            errorCode,
                            place + "; the region '" + region + "' is wrong; expecting '" + serverRegion + "'")
                    .with("Region", serverRegion);
        }
        if (!service.equals(serverService)) {
            throw new Refusal(
                    errorCode,
                    place + "; incorrect service \"" + service + "\". This endpoint belongs to \"" + serverService
                            + "\".");
        }
    }

    /** The scope as it stands in a string to sign, without the key. */
    String text() {
        return date + "/" + region + "/" + service + "/" + TERMINATOR;
    }
}
