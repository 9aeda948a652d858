package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Grant;
import io.tidelock.sandbox.model.GrantedAcl;
import io.tidelock.sandbox.model.ObjectAccess;
import io.tidelock.sandbox.model.Refusal;
import java.util.Set;

/** Access control lists as documents (API: AccessControlPolicy). */
final class AclDocuments {
    static final String INSTANCE = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=";
    private static final Set<String> PERMISSIONS = Set.of(Grant.FULL_CONTROL, "READ", "READ_ACP", "WRITE", "WRITE_ACP");

    private AclDocuments() {}

    /** Reads a list for something of {@code ownerId}, which it must name, since it cannot give it away. */
    static GrantedAcl parse(Exchange exchange, byte[] document, String ownerId) {
        XmlElement policy;
        try {
            policy = XmlElement.parse(document, "AccessControlPolicy");
        } catch (Refusal _) {
            throw malformed();
        }
        var owner = policy.child("Owner").flatMap(found -> found.textOf("ID")).orElseThrow(AclDocuments::malformed);
        if (!owner.equals(ownerId)) {
            throw new Refusal(ErrorCode.ACCESS_DENIED);
        }
        var grants = policy.child("AccessControlList").orElseThrow(AclDocuments::malformed).children("Grant").stream()
                .map(grant -> grant(exchange, grant))
                .toList();
        if (grants.size() > GrantedAcl.GRANTS_MAX) {
            throw malformed();
        }
        return new GrantedAcl(grants);
    }

    private static Grant grant(Exchange exchange, XmlElement grant) {
        var permission =
                grant.textOf("Permission").filter(PERMISSIONS::contains).orElseThrow(AclDocuments::malformed);
        var grantee = grant.child("Grantee").orElseThrow(AclDocuments::malformed);
        if (grantee.child("EmailAddress").isPresent()) {
            throw Grantees.mail();
        }
        var id = grantee.textOf("ID").map(text -> Grantees.account(exchange, text, "CanonicalUser/ID"));
        var group = grantee.textOf("URI").map(text -> Grantees.group(text, "Group/URI"));
        return new Grant(id.or(() -> group).orElseThrow(AclDocuments::malformed), permission);
    }

    private static Refusal malformed() {
        return new Refusal(ErrorCode.MALFORMED_ACL);
    }

    static String write(ObjectAccess access) {
        var xml = XmlWriter.document("AccessControlPolicy");
        ListingOperations.owner(xml, access.ownerId());
        xml.open("AccessControlList");
        for (var grant : access.grants()) {
            xml.open("Grant");
            grantee(xml, grant);
            xml.element("Permission", grant.permission()).close("Grant");
        }
        return xml.close("AccessControlList").end();
    }

    private static void grantee(XmlWriter xml, Grant grant) {
        if (grant.group()) {
            xml.open("Grantee", INSTANCE + "\"Group\"").element("URI", grant.grantee());
        } else {
            xml.open("Grantee", INSTANCE + "\"CanonicalUser\"").element("ID", grant.grantee());
        }
        xml.close("Grantee");
    }
}
