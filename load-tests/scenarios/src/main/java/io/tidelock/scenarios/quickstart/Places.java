package io.tidelock.scenarios.quickstart;

import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import io.tidelock.scenarios.service.ServiceProcess;
import java.nio.file.Path;

/** Says where everything is, with lines to paste into a shell. */
final class Places {
    private Places() {}

    static String text(Sandbox sandbox, ServiceProcess service, Path directory) {
        var paris = sandbox.region(TwoRegions.PARIS);
        var frankfurt = sandbox.region(TwoRegions.FRANKFURT);
        return """

                Paris       %s  account %s  bucket %s
                Frankfurt   %s  account %s  bucket %s
                Kafka       %s
                Metrics     %s/metrics
                Health      %s/health/ready
                Files       %s

                Try, in another shell:

                  export AWS_EC2_METADATA_DISABLED=true AWS_PAGER=
                %s  date | aws s3 cp - s3://%s/hello.txt
                  aws s3 rm s3://%s/hello.txt
                %s  aws s3 ls s3://%s/
                  aws s3api list-object-versions --bucket %s --prefix hello.txt
                  aws s3api head-object --bucket %s --key 'odd 3/100%%'
                  curl -s %s/metrics | grep '^tidelock_'

                """.formatted(
                        paris.endpoint(),
                        TwoRegions.SOURCE_ACCOUNT,
                        TwoRegions.SOURCE_BUCKET,
                        frankfurt.endpoint(),
                        TwoRegions.DESTINATION_ACCOUNT,
                        TwoRegions.DESTINATION_BUCKET,
                        sandbox.kafka().bootstrapServers(),
                        service.http(),
                        service.http(),
                        directory,
                        as(sandbox, TwoRegions.PARIS, TwoRegions.SOURCE_ACCOUNT),
                        TwoRegions.SOURCE_BUCKET,
                        TwoRegions.SOURCE_BUCKET,
                        as(sandbox, TwoRegions.FRANKFURT, TwoRegions.DESTINATION_ACCOUNT),
                        TwoRegions.DESTINATION_BUCKET,
                        TwoRegions.DESTINATION_BUCKET,
                        TwoRegions.DESTINATION_BUCKET,
                        service.http());
    }

    /** The sandbox's keys are worth nothing outside of it. */
    private static String as(Sandbox sandbox, String regionName, String accountId) {
        var region = sandbox.region(regionName);
        var key = sandbox.keyOf(accountId);
        return "  export AWS_ACCESS_KEY_ID=%1$s AWS_SECRET_ACCESS_KEY=%2$s AWS_REGION=%3$s AWS_DEFAULT_REGION=%3$s AWS_ENDPOINT_URL=%4$s%n"
                .formatted(key.id(), key.secret(), region.region(), region.endpoint());
    }
}
