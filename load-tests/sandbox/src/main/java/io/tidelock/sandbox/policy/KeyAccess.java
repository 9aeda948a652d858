package io.tidelock.sandbox.policy;

import io.tidelock.sandbox.auth.KeyRequest;
import io.tidelock.sandbox.policy.Policy.Decision;

/**
 * What the policy of a KMS key and the caller's own come to.
 *
 * <p>Source: "Key policies in AWS KMS" and "Determining access to AWS KMS keys" of the KMS developer guide. No account, root
 * included, has any right to a key that its policy does not give. Who is named needs no policy of their own within the key's
 * account; an account that is named leaves it to the policies of its identities. Across accounts both must allow.
 */
final class KeyAccess {
    private KeyAccess() {}

    static boolean decide(KeyRequest request, Policy ofKey, Policy ofCaller, Policy ofSession) {
        var caller = request.caller();
        var arn = request.key().arn();
        var named = new PolicyQuestion(Principals.withAccount(caller), request.action(), arn, request.context());
        var directly = new PolicyQuestion(Principals.itself(caller), request.action(), arn, request.context());
        var byKey = ofKey.decide(named);
        var byCaller = ofCaller.decide(named);
        if (byKey != Decision.ALLOWED || byCaller == Decision.DENIED || ofSession.decide(named) != Decision.ALLOWED) {
            return false;
        }
        var ownKey = caller.accountId().equals(request.key().accountId());
        return byCaller == Decision.ALLOWED || (ownKey && ofKey.decide(directly) == Decision.ALLOWED);
    }
}
