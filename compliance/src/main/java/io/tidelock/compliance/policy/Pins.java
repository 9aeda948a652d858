package io.tidelock.compliance.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which conditions keep the public out of an Allow (rules P5 to P9): a key that names where or who the request comes
 * from, under an operator that proves it was there, with fixed values only.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html">the meaning of "public"</a>
 */
final class Pins {
    private static final Set<String> PLAIN_KEYS = Set.of(
            "aws:sourcearn",
            "aws:sourcevpc",
            "aws:sourcevpce",
            "aws:sourceowner",
            "aws:sourceaccount",
            "s3:dataaccesspointaccount",
            "aws:principalorgid",
            // By extension of "an AWS principal"; not named in AWS's list.
            "aws:principalarn",
            "aws:principalaccount");

    /** Once in AWS's list, missing from later copies of it: does not pin, and is reported by name. */
    private static final String KMS_KEY_ID = "s3:x-amz-server-side-encryption-aws-kms-key-id";

    private Pins() {}

    /** The conditions that pin {@code statement}; one is enough (rule P9). */
    static List<Condition> of(Statement statement) {
        if (!statement.conditionReadable()) {
            return List.of();
        }
        return statement.conditions().stream().filter(Pins::pins).toList();
    }

    private static boolean pins(Condition condition) {
        if (!condition.operator().canPin() || condition.values().isEmpty()) {
            return false;
        }
        String key = condition.keyLower();
        return switch (key) {
            case "aws:sourceip" -> condition.values().stream().allMatch(Pins::narrow);
            case "aws:userid" -> condition.values().stream().allMatch(Pins::fixedUserId);
            case "s3:dataaccesspointarn" -> condition.values().stream().allMatch(Pins::fixedAccessPoint);
            default -> PLAIN_KEYS.contains(key) && condition.values().stream().allMatch(Fixed::isFixed);
        };
    }

    private static boolean narrow(String value) {
        return Cidr.parse(value).filter(Cidr::isNarrow).isPresent();
    }

    /** {@code AROLEID:*}, a role's sessions, does not pin, whatever the session is called. */
    private static boolean fixedUserId(String value) {
        return Fixed.isFixed(value) && !(value.startsWith("AROA") && value.indexOf(':') >= 0);
    }

    /** Rule P7: a wildcard in the access point's name is fine as long as all before it is fixed. */
    private static boolean fixedAccessPoint(String value) {
        return Arn.parse(value)
                .filter(arn -> arn.accountId().isPresent()
                        && arn.service().equals("s3")
                        && Fixed.isFixed(arn.partition())
                        && Fixed.isFixed(arn.region())
                        && arn.resource().startsWith("accesspoint/")
                        && !arn.resource().contains("${"))
                .isPresent();
    }

    /** Why each condition of an unpinned statement does not pin; for the verdict. */
    static List<String> shortcomings(Statement statement) {
        var why = new ArrayList<String>();
        if (!statement.conditionReadable()) {
            why.add("a condition that could not be read pins nothing");
        }
        for (Condition condition : statement.conditions()) {
            why.add(shortcoming(condition));
        }
        return why;
    }

    private static String shortcoming(Condition condition) {
        String key = condition.keyLower();
        if (key.equals(KMS_KEY_ID)) {
            return condition + " does not pin (an older guide lists the key, later ones do not: unconfirmed)";
        }
        boolean known = PLAIN_KEYS.contains(key)
                || key.equals("aws:sourceip")
                || key.equals("aws:userid")
                || key.equals("s3:dataaccesspointarn");
        if (!known) {
            return condition + " does not pin: the key says neither who nor from where";
        }
        if (!condition.operator().canPin()) {
            return condition + " does not pin: the operator can be true for anybody (own judgement)";
        }
        return condition + " does not pin: a value is not fixed";
    }
}
