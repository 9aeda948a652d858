package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.CannedAcl;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Grant;
import io.tidelock.sandbox.model.GrantedAcl;
import io.tidelock.sandbox.model.NamedAcl;
import io.tidelock.sandbox.model.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the access control list that headers name: a canned one, or grants one by one (API: PutObject, x-amz-acl and x-amz-grant-*). */
final class AclHeaders {
    static final String CANNED = "x-amz-acl";

    private static final Map<String, String> PERMISSIONS = permissions();
    private static final Pattern GRANTEE =
            Pattern.compile("\\s*(?<kind>id|uri|emailAddress)\\s*=\\s*\"?(?<name>[^\",]+)\"?\\s*");

    private AclHeaders() {}

    private static Map<String, String> permissions() {
        var permissions = new LinkedHashMap<String, String>();
        permissions.put("x-amz-grant-full-control", Grant.FULL_CONTROL);
        permissions.put("x-amz-grant-read", "READ");
        permissions.put("x-amz-grant-read-acp", "READ_ACP");
        permissions.put("x-amz-grant-write", "WRITE");
        permissions.put("x-amz-grant-write-acp", "WRITE_ACP");
        return permissions;
    }

    /** What the headers name, which is one or the other or nothing. */
    static Optional<NamedAcl> of(Exchange exchange) {
        var canned = canned(exchange);
        var granted = granted(exchange);
        if (granted.isEmpty()) {
            return canned.map(acl -> acl);
        }
        if (canned.isPresent()) {
            throw new Refusal(
                    ErrorCode.INVALID_REQUEST, "Specifying both Canned ACLs and Header Grants is not allowed");
        }
        if (granted.size() > GrantedAcl.GRANTS_MAX) {
            throw new Refusal(ErrorCode.MALFORMED_ACL);
        }
        return Optional.of(new GrantedAcl(granted));
    }

    private static Optional<CannedAcl> canned(Exchange exchange) {
        return exchange.header(CANNED)
                .map(name -> CannedAcl.of(name)
                        .orElseThrow(() -> new Refusal(ErrorCode.INVALID_ARGUMENT)
                                .with("ArgumentName", CANNED)
                                .with("ArgumentValue", name)));
    }

    private static List<Grant> granted(Exchange exchange) {
        var grants = new ArrayList<Grant>();
        PERMISSIONS.forEach((header, permission) -> {
            for (var value : exchange.head().headers().all(header)) {
                for (var one : value.split(",")) {
                    grants.add(new Grant(grantee(exchange, header, one), permission));
                }
            }
        });
        return grants;
    }

    private static String grantee(Exchange exchange, String header, String text) {
        var grantee = GRANTEE.matcher(text);
        if (!grantee.matches()) {
            throw new Refusal(ErrorCode.INVALID_ARGUMENT, "Argument format not recognized")
                    .with("ArgumentName", header)
                    .with("ArgumentValue", text);
        }
        var name = grantee.group("name");
        return switch (grantee.group("kind")) {
            case "id" -> Grantees.account(exchange, name, header);
            case "uri" -> Grantees.group(name, header);
            default -> throw Grantees.mail();
        };
    }
}
