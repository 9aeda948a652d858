package io.tidelock.deploy.config;

import io.tidelock.replicator.budget.BudgetSettings;
import io.tidelock.replicator.store.s3.CustomerKey;
import io.tidelock.replicator.store.s3.S3Credentials;
import io.tidelock.replicator.store.s3.S3Settings;
import io.tidelock.replicator.store.s3.Vendor;
import java.net.URI;
import java.util.Locale;

/** Reads one store. */
final class StoreReader {
    private StoreReader() {}

    static S3Settings read(Settings store) {
        var vendor = Vendor.valueOf(store.text("vendor").toUpperCase(Locale.ROOT));
        return new S3Settings(
                Pointer.last(store.pointer()),
                vendor,
                store.text("region"),
                store.optionalText("endpoint").map(URI::create).orElse(null),
                store.optionalText("account").orElse(null),
                store.optionalFlag("pathStyle").orElse(vendor != Vendor.AWS),
                store.flag("payloadSigned"),
                credentials(store.group("credentials")),
                store.texts("customerKeys").stream().map(CustomerKey::new).toList(),
                store.integer("connectionsMax"),
                store.duration("connectTimeout"),
                store.duration("answerTimeout"),
                store.duration("writeTimeout"),
                store.optionalGroup("budget").map(BudgetReader::read).orElse(BudgetSettings.NONE));
    }

    private static S3Credentials credentials(Settings credentials) {
        return switch (credentials.text("type")) {
            case "default" -> new S3Credentials.DefaultChain();
            case "environment" -> new S3Credentials.Environment();
            case "profile" -> new S3Credentials.Profile(credentials.text("profile"));
            case "static" ->
                new S3Credentials.Static(credentials.text("accessKeyId"), credentials.text("secretAccessKey"));
            case "assumeRole" ->
                new S3Credentials.AssumeRole(
                        credentials.text("roleArn"),
                        credentials.optionalText("externalId").orElse(null),
                        credentials.optionalText("stsEndpoint").map(URI::create).orElse(null),
                        credentials
                                .optionalGroup("source")
                                .map(StoreReader::credentials)
                                .orElseGet(S3Credentials.DefaultChain::new));
            default ->
                throw new IllegalStateException("the schema knows no credentials like " + credentials.text("type"));
        };
    }
}
