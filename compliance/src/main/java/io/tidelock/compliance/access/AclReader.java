package io.tidelock.compliance.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidelock.compliance.document.Collected;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads an ACL in the API's form ({@code Owner}, {@code Grants}) or as {@code {"CannedACL": name}}. Never throws.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html">ACL overview</a>
 */
public final class AclReader {
    private static final int GRANTS_MAX = 10_000;
    private static final String GROUPS = "http://acs.amazonaws.com/groups/";

    private AclReader() {}

    /** Reads the ACL in {@code node}. */
    public static Collected<Acl> read(JsonNode node) {
        if (!node.isObject()) {
            return new Collected.Unavailable<>("the ACL is not an object");
        }
        String owner = node.path("Owner").path("ID").asText(null);
        JsonNode canned = node.get("CannedACL");
        if (canned != null) {
            return canned(owner, canned.asText(""));
        }
        JsonNode list = node.get("Grants");
        if (list == null || list.isNull()) {
            return new Collected.Unavailable<>("the ACL has neither Grants nor CannedACL");
        }
        if (!list.isArray() || list.size() > GRANTS_MAX) {
            return new Collected.Unavailable<>("the ACL's Grants is not a list of at most " + GRANTS_MAX);
        }
        var grants = new ArrayList<Grant>();
        var defects = new ArrayList<String>();
        for (JsonNode one : list) {
            grant(one, grants, defects);
        }
        return new Collected.Known<>(new Acl(owner, null, grants, defects));
    }

    private static Collected<Acl> canned(@Nullable String owner, String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "private", "bucket-owner-read", "bucket-owner-full-control" -> known(owner, name);
            case "public-read" -> known(owner, name, everyone("READ"));
            case "public-read-write" -> known(owner, name, everyone("READ"), everyone("WRITE"));
            case "authenticated-read" ->
                known(
                        owner,
                        name,
                        new Grant(Grant.Kind.AUTHENTICATED_USERS, GROUPS + "global/AuthenticatedUsers", "READ"));
            case "aws-exec-read" -> known(owner, name, new Grant(Grant.Kind.CANONICAL_USER, Acl.EC2_BUNDLES, "READ"));
            case "log-delivery-write" ->
                known(
                        owner,
                        name,
                        new Grant(Grant.Kind.LOG_DELIVERY, GROUPS + "s3/LogDelivery", "WRITE"),
                        new Grant(Grant.Kind.LOG_DELIVERY, GROUPS + "s3/LogDelivery", "READ_ACP"));
            default -> new Collected.Unavailable<>("the canned ACL is none that S3 knows");
        };
    }

    private static Grant everyone(String permission) {
        return new Grant(Grant.Kind.ALL_USERS, GROUPS + "global/AllUsers", permission);
    }

    private static Collected<Acl> known(@Nullable String owner, String name, Grant... grants) {
        return new Collected.Known<>(new Acl(owner, name.toLowerCase(Locale.ROOT), List.of(grants), List.of()));
    }

    private static void grant(JsonNode node, List<Grant> grants, List<String> defects) {
        JsonNode grantee = node.path("Grantee");
        String permission = node.path("Permission").asText("");
        Optional<Grant> grant = grant(grantee, permission);
        if (grant.isEmpty() || permission.isEmpty()) {
            defects.add("a grant without a grantee or a permission");
        }
        grant.ifPresent(grants::add);
        if (grant.filter(one -> one.kind() == Grant.Kind.UNKNOWN).isPresent()) {
            defects.add("a grant to a group that is not known");
        }
    }

    private static Optional<Grant> grant(JsonNode grantee, String permission) {
        String uri = grantee.path("URI").asText("");
        if (!uri.isEmpty()) {
            return Optional.of(new Grant(group(uri), uri, permission));
        }
        String id = grantee.path("ID").asText("");
        if (!id.isEmpty()) {
            return Optional.of(new Grant(Grant.Kind.CANONICAL_USER, id, permission));
        }
        String email = grantee.path("EmailAddress").asText("");
        return email.isEmpty() ? Optional.empty() : Optional.of(new Grant(Grant.Kind.EMAIL, email, permission));
    }

    /** The scheme and the host are not part of the name: other stores spell them differently. */
    private static Grant.Kind group(String uri) {
        if (uri.endsWith("/groups/global/AllUsers")) {
            return Grant.Kind.ALL_USERS;
        }
        if (uri.endsWith("/groups/global/AuthenticatedUsers")) {
            return Grant.Kind.AUTHENTICATED_USERS;
        }
        return uri.endsWith("/groups/s3/LogDelivery") ? Grant.Kind.LOG_DELIVERY : Grant.Kind.UNKNOWN;
    }
}
