package io.tidelock.compliance.control;

import static io.tidelock.compliance.control.Plant.allow;
import static io.tidelock.compliance.control.Plant.plant;
import static io.tidelock.compliance.control.Plant.statement;

import java.util.List;
import java.util.stream.Stream;

/** The mistakes of bucket policies that the fleet is planted with. */
final class PolicyPlants {
    private static final String STATEMENTS = "/bucket/policy/Statement/";
    private static final String OWN = "'Principal':{'AWS':'111122223333'}";
    private static final String READ = ",'Action':'s3:GetObject'";
    private static final String WRITE = ",'Action':'s3:PutObject'";
    private static final String ELSEWHERE = "'arn:aws:s3:::src/x/*'";

    private PolicyPlants() {}

    static Stream<Plant> all() {
        return Stream.of(toEverybody(), toForeigners(), tooWide(), stale(), refusals())
                .flatMap(List::stream);
    }

    private static Plant open(String when) {
        return allow(
                "'Principal':'*'" + READ + ",'Condition':" + when,
                "policy-public",
                "policy-public-read",
                "policy-wildcard-principal",
                "cross-account");
    }

    private static List<Plant> toEverybody() {
        return List.of(
                allow(
                        "'Principal':'*'" + READ,
                        "policy-public",
                        "policy-public-read",
                        "policy-wildcard-principal",
                        "cross-account"),
                open("{'IpAddress':{'aws:SourceIp':['192.0.2.0/24','0.0.0.0/0']}}"),
                open("{'IpAddress':{'AWS:SourceIP':['0.0.0.0/1','128.0.0.0/1']}}"),
                open("{'StringLike':{'aws:Referer':'https://www.example.com/*'}}"),
                open("{'StringEqualsIfExists':{'aws:SourceVpc':'vpc-0a1b2c3d'}}"),
                open("{'StringNotEquals':{'aws:PrincipalOrgID':'o-abcde12345'}}"),
                open("{'ForAllValues:StringEquals':{'aws:PrincipalOrgID':['o-abcde12345']}}"),
                open("{'StringLike':{'aws:SourceVpce':'vpce-*'}}"),
                allow(
                        "'Principal':'*'" + READ
                                + ",'Condition':{'ArnLike':{'aws:PrincipalArn':'arn:aws:iam::111122223333:role/*'}}",
                        "policy-public",
                        "policy-public-read",
                        "policy-wildcard-principal"),
                allow(
                        "'Principal':{'Federated':'graph.facebook.com'}" + READ,
                        "policy-public",
                        "policy-public-read",
                        "cross-account"),
                allow(
                        "'Principal':{'AWS':['111122223333','*']}" + WRITE,
                        "policy-public",
                        "policy-public-write",
                        "policy-wildcard-principal",
                        "cross-account"),
                allow(
                        "'Principal':'*','Action':['s3:DeleteObject','s3:AbortMultipartUpload'],'Condition':{'Bool':{'aws:SecureTransport':'true'}}",
                        "policy-public",
                        "policy-public-write",
                        "policy-wildcard-principal",
                        "cross-account"),
                allow(
                        "'Principal':{'AWS':'*'},'Action':'s3:Replicate*'",
                        "policy-public",
                        "policy-public-write",
                        "policy-wildcard-principal",
                        "cross-account"),
                allow(
                        "'NotPrincipal':{'AWS':'111122223333'}" + READ,
                        "policy-allow-notprincipal",
                        "policy-public",
                        "policy-public-read",
                        "cross-account"),
                allow(
                        "'NotPrincipal':{'AWS':['arn:aws:iam::999900009999:root']}" + WRITE,
                        "policy-allow-notprincipal",
                        "policy-public",
                        "policy-public-write",
                        "cross-account"));
    }

    private static Plant foreign(String members) {
        return allow(members, "cross-account");
    }

    private static Plant pinned(String condition) {
        return allow(
                "'Principal':'*'" + READ + ",'Condition':" + condition, "cross-account", "policy-wildcard-principal");
    }

    private static List<Plant> toForeigners() {
        return List.of(
                foreign("'Principal':{'AWS':'999900009999'}" + READ),
                foreign("'Principal':{'AWS':['arn:aws:iam::111122223333:role/app','arn:aws:iam::999900009999:user/u']}"
                        + WRITE),
                foreign(
                        "'Principal':{'CanonicalUser':'79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be'}"
                                + READ),
                foreign(
                        "'Principal':{'AWS':'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity EH1HDMB1FH2TC'}"
                                + READ),
                foreign("'Principal':{'Federated':'arn:aws:iam::999900009999:saml-provider/theirs'}" + READ),
                pinned("{'StringEquals':{'aws:SourceVpc':'vpc-99999999'}}"),
                pinned("{'StringEquals':{'aws:PrincipalOrgID':'o-foreign999'}}"),
                pinned("{'IpAddress':{'aws:SourceIp':'198.51.100.0/24'}}"),
                pinned("{'StringEquals':{'aws:SourceAccount':['111122223333','999900009999']}}"),
                allow(
                        "'Principal':{'AWS':'999900009999'},'Action':'s3:PutObjectAcl'",
                        "cross-account",
                        "cross-account-admin-actions"),
                allow(
                        "'Principal':{'AWS':'arn:aws:sts::999900009999:assumed-role/r/s'},'Action':'s3:Put*','Condition':{'IpAddress':{'aws:SourceIp':'192.0.2.1'}}",
                        "cross-account",
                        "cross-account-admin-actions"),
                statement(
                        "'Effect':'Allow','Principal':'*','Action':['S3:DELETEBUCKETPOLICY'],'Resource':'arn:aws:s3:::src','Condition':{'StringEquals':{'aws:PrincipalAccount':'111122223333'}}",
                        "cross-account-admin-actions",
                        "policy-wildcard-principal"),
                allow("'Principal':{'Service':'sns.amazonaws.com'}" + WRITE, "service-confused-deputy"),
                allow(
                        "'Principal':{'Service':'config.amazonaws.com'}" + WRITE
                                + ",'Condition':{'StringEqualsIfExists':{'aws:SourceAccount':'111122223333'}}",
                        "service-confused-deputy"),
                allow(
                        "'Principal':{'Service':['cloudtrail.amazonaws.com']}" + WRITE
                                + ",'Condition':{'ArnLike':{'aws:SourceArn':'arn:aws:cloudtrail:*:*:trail/*'}}",
                        "service-confused-deputy"));
    }

    private static List<Plant> tooWide() {
        return List.of(
                allow(OWN + ",'Action':'s3:*'", "policy-wildcard-action"),
                allow(OWN + ",'Action':['s3:GetObject','*']", "policy-wildcard-action"),
                allow(OWN + ",'NotAction':'s3:DeleteObject'", "policy-allow-notaction"),
                allow(OWN + ",'NotAction':['s3:Put*','s3:Delete*']", "policy-allow-notaction"),
                statement(
                        "'Effect':'Deny','Principal':'*','Action':'s3:*','Resource':'arn:aws:s3:::src'",
                        "policy-lockout"),
                statement(
                        "'Effect':'Deny','Principal':{'AWS':'*'},'Action':'*','Resource':['arn:aws:s3:::src','arn:aws:s3:::other/*']",
                        "policy-lockout"),
                statement(
                        "'Effect':'Deny','Principal':'*','Action':['s3:PutBucketPolicy','s3:DeleteBucket*'],'Resource':'arn:aws:s3:::src'",
                        "policy-lockout"),
                allow(
                        OWN + READ + ",'Condition':{'StringLike':{'s3:prefix':'${a:a}${a:b}${a:c}${a:d}${a:e}${a:f}'}}",
                        "policy-variables"),
                statement(
                        "'Effect':'Allow'," + OWN + READ
                                + ",'Resource':'arn:aws:s3:::src/${a:a}/${a:b}/${a:c}/${a:d}/${a:e}/${a:f}/*'",
                        "policy-variables"),
                allow("'Principal':{'AWS':'arn:aws:iam::111122223333:role/a\u200bpp'}" + READ, "policy-look-alikes"),
                allow(OWN + ",'Action':'s3:GetObj\u0435ct'", "policy-look-alikes"),
                statement(
                        "'Effect':'Allow'," + OWN + READ + ",'Resource':'arn:aws:s3:::sr\u0441/*'",
                        "policy-look-alikes"));
    }

    private static List<Plant> stale() {
        return List.of(
                allow("'Principal':{'AWS':'AROAEXAMPLEID12345678'}" + READ, "deleted-principals"),
                allow("'Principal':{'AWS':['111122223333','AIDAEXAMPLEID12345678']}" + WRITE, "deleted-principals"),
                allow(
                        OWN + READ + ",'Condition':{'DateLessThan':{'aws:CurrentTime':'2020-12-31T00:00:00Z'}}",
                        "expired-grants"),
                allow(
                        OWN + READ + ",'Condition':{'NumericLessThanEquals':{'aws:EpochTime':1609415999}}",
                        "expired-grants"),
                allow(
                        OWN + WRITE + ",'Condition':{'StringNotEquals':{'s3:x-amz-server-side-encryption':'aws:kms'}}",
                        "sse-condition-inverted"),
                allow(
                        OWN + WRITE + ",'Condition':{'Null':{'s3:x-amz-server-side-encryption':'true'}}",
                        "sse-condition-inverted"),
                allow(
                        OWN + WRITE
                                + ",'Condition':{'StringNotLikeIfExists':{'s3:x-amz-server-side-encryption-aws-kms-key-id':'arn:aws:kms:*:111122223333:key/*'}}",
                        "sse-condition-inverted"));
    }

    private static Plant tls(String element, String value, String evidence) {
        return plant("tls", STATEMENTS + "0/" + element, value, evidence, "secure-transport");
    }

    private static Plant age(String element, String value, String evidence) {
        return plant("age", STATEMENTS + "3/" + element, value, evidence, "presign-max-age");
    }

    private static Plant header(String element, String value, String evidence) {
        return plant("sse", STATEMENTS + "1/" + element, value, evidence, "require-sse-header", "require-sse-kms");
    }

    private static List<Plant> refusals() {
        return List.of(
                tls("Action", "'s3:PutObject'", "not every action"),
                tls("Resource", "'arn:aws:s3:::src/*'", "src is not covered"),
                tls("Resource", "['arn:aws:s3:::src','arn:aws:s3:::src/x/*']", "src/* are not covered"),
                tls("Principal", "{'AWS':'arn:aws:iam::111122223333:user/u'}", "not everyone"),
                tls("Condition", "{'Bool':{'aws:SecureTransport':'true'}}", "not the condition"),
                tls(
                        "Condition",
                        "{'Bool':{'aws:SecureTransport':false},'StringEquals':{'aws:PrincipalAccount':'1'}}",
                        "narrows it"),
                header("Principal", "{'AWS':'111122223333'}", "not everyone"),
                header("Resource", ELSEWHERE, "does not cover"),
                header("Action", "'s3:PutObjectAcl'", "not refused"),
                plant("key", STATEMENTS + "2/Resource", ELSEWHERE, "does not cover", "require-kms-key"),
                plant("key", STATEMENTS + "2/Principal", "{'AWS':'111122223333'}", "not everyone", "require-kms-key"),
                age("Condition", "{'NumericGreaterThan':{'s3:signatureAge':600001}}", "not refused"),
                age("Condition", "{'NumericLessThan':{'s3:signatureAge':600000}}", "not refused"),
                age("Principal", "{'AWS':'arn:aws:iam::111122223333:root'}", "not everyone"),
                age("Action", "'s3:GetObject'", "not refused"));
    }
}
