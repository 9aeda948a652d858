package io.tidelock.compliance.control;

import static io.tidelock.compliance.control.Plant.plant;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The mistakes of public access blocks, ownership and ACLs that the fleet is planted with. */
final class AccessPlants {
    private static final String BUCKET = "/bucket/publicAccessBlock";
    private static final String ACCOUNT = "/account/publicAccessBlock";
    private static final String OWNERSHIP = "/bucket/ownershipControls";
    private static final String ACL = "/bucket/acl";
    private static final String WRITER = "{'Rules':[{'ObjectOwnership':'ObjectWriter'}]}";
    private static final List<String> FLAGS =
            List.of("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets");

    private AccessPlants() {}

    static Stream<Plant> all() {
        return Stream.of(blocks(), open(), lists()).flatMap(List::stream);
    }

    private static String[] ids(String... more) {
        return more;
    }

    private static List<Plant> blocks() {
        var plants = new ArrayList<Plant>();
        String[] all = ids(
                "bpa-bucket",
                "bpa-BlockPublicAcls",
                "bpa-BlockPublicPolicy",
                "bpa-IgnorePublicAcls",
                "bpa-RestrictPublicBuckets");
        plants.add(plant("block", BUCKET, "null", "=false", all));
        plants.add(plant("block", BUCKET, "{}", "=false", all));
        plants.add(plant("block", ACCOUNT, "null", "=false", "bpa-account-effective"));
        for (String flag : FLAGS) {
            String off = flag + "=false";
            plants.add(plant("block", BUCKET + "/" + flag, "false", off, "bpa-bucket", "bpa-" + flag));
            plants.add(plant("block", ACCOUNT + "/" + flag, "'false'", off, "bpa-account-effective"));
        }
        for (String flag : FLAGS.subList(0, 3)) {
            plants.add(plant(
                            "block|ownership",
                            BUCKET + "/" + flag,
                            "'FALSE'",
                            flag + "=false",
                            "bpa-bucket",
                            "bpa-" + flag,
                            "bpa-effective",
                            "bpa-account-effective")
                    .and(ACCOUNT + "/" + flag, "null"));
        }
        return plants;
    }

    private static List<Plant> open() {
        String[] opened = ids(
                "bpa-bucket",
                "bpa-RestrictPublicBuckets",
                "bpa-effective",
                "bpa-account-effective",
                "bucket-public",
                "policy-public",
                "policy-wildcard-principal",
                "cross-account");
        String slots = "block|destination policy|destination block|destination ownership";
        String statement = "{'Sid':'Planted','Effect':'Allow','Principal':'*','Resource':'*','Action':";
        return List.of(
                plant(
                                slots,
                                BUCKET + "/RestrictPublicBuckets",
                                "false",
                                "RestrictPublicBuckets=false|Sid Planted)",
                                with(opened, "policy-public-read"))
                        .and(ACCOUNT + "/RestrictPublicBuckets", "false")
                        .and("/bucket/policy/Statement/-", statement + "'s3:List*'}"),
                plant(
                                slots,
                                BUCKET + "/RestrictPublicBuckets",
                                "false",
                                "RestrictPublicBuckets=false|Sid Planted)",
                                with(opened, "policy-public-write"))
                        .and(ACCOUNT + "/RestrictPublicBuckets", "null")
                        .and("/bucket/policy/Statement/-", statement + "'s3:RestoreObject'}"),
                plant(
                                slots + "|ownership",
                                BUCKET + "/IgnorePublicAcls",
                                "false",
                                "IgnorePublicAcls=false|AllUsers|OBJECT_WRITER",
                                "bpa-bucket",
                                "bpa-IgnorePublicAcls",
                                "bpa-effective",
                                "bpa-account-effective",
                                "bucket-public",
                                "acl-public",
                                "acl-public-read",
                                "acl-canned-public-read",
                                "acls-disabled")
                        .and(ACCOUNT + "/IgnorePublicAcls", "false")
                        .and(OWNERSHIP, WRITER)
                        .and(ACL, "{'Owner':{'ID':'own'},'CannedACL':'public-read'}"));
    }

    private static String[] with(String[] ids, String one) {
        return Stream.concat(Stream.of(ids), Stream.of(one)).toArray(String[]::new);
    }

    private static Plant list(String value, String evidence, String... ids) {
        return plant("ownership", OWNERSHIP, WRITER, "OBJECT_WRITER|" + evidence, with(ids, "acls-disabled"))
                .and(ACL, value);
    }

    private static String grants(String grant) {
        return "{'Owner':{'ID':'own'},'Grants':[{'Grantee':{'ID':'own'},'Permission':'FULL_CONTROL'}," + grant + "]}";
    }

    private static String group(String name, String permission) {
        return grants("{'Grantee':{'Type':'Group','URI':'http://acs.amazonaws.com/groups/global/" + name
                + "'},'Permission':'" + permission + "'}");
    }

    private static List<Plant> lists() {
        String everybody = "AllUsers";
        String anybody = "AuthenticatedUsers";
        return List.of(
                plant("ownership", OWNERSHIP, WRITER, "OBJECT_WRITER", "acls-disabled"),
                plant("ownership", OWNERSHIP, "null", "no ownership controls", "acls-disabled"),
                plant(
                        "ownership",
                        OWNERSHIP,
                        "{'Rules':[{'ObjectOwnership':'BucketOwnerPreferred'}]}",
                        "BUCKET_OWNER_PREFERRED",
                        "acls-disabled"),
                list(group(everybody, "READ"), everybody, "acl-public", "acl-public-read", "acl-canned-public-read"),
                list(
                        group(everybody, "WRITE"),
                        everybody,
                        "acl-public",
                        "acl-public-write",
                        "acl-canned-public-read-write"),
                list(
                        group(everybody, "FULL_CONTROL"),
                        everybody,
                        "acl-public",
                        "acl-public-read",
                        "acl-public-write",
                        "acl-canned-public-read",
                        "acl-canned-public-read-write"),
                list(
                        "{'Owner':{'ID':'own'},'CannedACL':'public-read-write'}",
                        everybody,
                        "acl-public",
                        "acl-public-read",
                        "acl-public-write",
                        "acl-canned-public-read",
                        "acl-canned-public-read-write"),
                list(group(anybody, "READ_ACP"), anybody, "acl-public", "acl-public-read"),
                list(group(anybody, "WRITE_ACP"), anybody, "acl-public", "acl-public-write"),
                list(grants("{'Grantee':{'ID':'stranger'},'Permission':'READ'}"), "stranger", "acl-cross-account"),
                list(
                        grants("{'Grantee':{'EmailAddress':'x@example.com'},'Permission':'WRITE'}"),
                        "e-mail",
                        "acl-cross-account"),
                list("{'Owner':{'ID':'own'},'Grants':[]}", "owner's own grant", "acl-owner-without-grant"),
                list(
                        "{'Owner':{'ID':'own'},'Grants':[{'Grantee':{'ID':'own'},'Permission':'READ'}]}",
                        "READ to canonical user own",
                        "acl-owner-without-grant"),
                plant("ownership", OWNERSHIP, WRITER, "OBJECT_WRITER|k: ", "acls-disabled", "object-acl-public")
                        .and("/bucket/objects/k/acl", "{'CannedACL':'authenticated-read'}"),
                plant(
                                "ownership",
                                OWNERSHIP,
                                WRITER,
                                "OBJECT_WRITER|a/b: READ_ACP",
                                "acls-disabled",
                                "object-acl-public")
                        .and("/bucket/objects/a~1b", "{'acl':" + group(everybody, "READ_ACP") + "}"));
    }
}
