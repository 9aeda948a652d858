package io.tidelock.compliance.control;

import static io.tidelock.compliance.control.Plant.plant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Sound snapshots of one kind, and the mistakes that can be put into them. There are three kinds, as nobody can demand
 * SSE-S3, SSE-KMS and customers' keys of the same upload.
 *
 * @param soundness what makes a snapshot of this kind
 * @param plants the mistakes that fit
 */
record Fleet(Plant soundness, List<Plant> plants) {
    private static final String HEADER = "/bucket/policy/Statement/1/";
    private static final int OWN_WEIGHT = 6;
    private static final String NOBODY_ELSE = "{'AWS':'111122223333'}";

    /** Uploads must be under SSE-KMS; violates by nature what demands another kind. */
    static Fleet ofKms() {
        return new Fleet(
                new Plant(Set.of(), Map.of(), List.of("require-sse-s3", "require-sse-c"), List.of("not refused")),
                Plants.all());
    }

    /** Uploads must be under SSE-S3. */
    static Fleet ofS3() {
        var soundness = plant(
                        "none",
                        HEADER + "Condition",
                        "{'StringNotEquals':{'s3:x-amz-server-side-encryption':'AES256'}}",
                        "not refused|AES256",
                        "require-sse-kms",
                        "require-sse-c",
                        "kms-encryption")
                .and("/bucket/encryption/Rules/0/ApplyServerSideEncryptionByDefault", "{'SSEAlgorithm':'AES256'}");
        return new Fleet(
                soundness,
                with(List.of(
                        upload("Principal", NOBODY_ELSE, "not everyone", "require-sse-s3", "require-sse-header"),
                        upload(
                                "Resource",
                                "'arn:aws:s3:::src/x/*'",
                                "does not cover",
                                "require-sse-s3",
                                "require-sse-header"),
                        upload(
                                "Condition",
                                "{'StringNotEquals':{'s3:x-amz-server-side-encryption':['AES256','aws:kms:dsse']}}",
                                "not refused",
                                "require-sse-s3"))));
    }

    /** Uploads must bring their own key. */
    static Fleet ofCustomersKeys() {
        var soundness = plant(
                        "none",
                        HEADER + "Condition",
                        "{'Null':{'s3:x-amz-server-side-encryption-customer-algorithm':'true'}}",
                        "not refused",
                        "sse-c-refused")
                .and("/bucket/encryption/Rules/0/BlockedEncryptionTypes", "null");
        String[] all = {"require-sse-c", "require-sse-header", "require-sse-s3", "require-sse-kms"};
        return new Fleet(
                soundness,
                with(List.of(
                        upload("Principal", NOBODY_ELSE, "not everyone", all),
                        upload("Resource", "'arn:aws:s3:::src/x/*'", "does not cover", all),
                        upload("Action", "'s3:PutObjectAcl'", "not refused", all))));
    }

    private static Plant upload(String element, String value, String evidence, String... ids) {
        return plant("sse", HEADER + element, value, evidence, ids);
    }

    private static List<Plant> with(List<Plant> own) {
        var plants = new ArrayList<>(Plants.all());
        plants.removeIf(plant -> !Collections.disjoint(plant.slots(), Set.of("sse", "key", "encryption")));
        // More often than the rest, as these are the only ones of their kind.
        Collections.nCopies(OWN_WEIGHT, own).forEach(plants::addAll);
        return plants;
    }

    /** Mistakes that can stand beside each other; now and then one that stands for itself. */
    List<Plant> choose(Random random) {
        boolean alone = random.nextInt(15) == 0;
        int few = alone ? 1 : 1 + random.nextInt(12);
        var all = new ArrayList<>(plants);
        all.removeIf(plant -> plant.isAlone() != alone);
        Collections.shuffle(all, random);
        var taken = new HashSet<String>();
        var chosen = new ArrayList<Plant>();
        for (Plant plant : all) {
            if (chosen.size() < few && Collections.disjoint(taken, plant.slots())) {
                taken.addAll(plant.slots());
                chosen.add(plant.numbered(chosen.size() + 1));
            }
        }
        return chosen;
    }

    /** The sound snapshot with these mistakes in it. */
    ObjectNode snapshot(List<Plant> mistakes) {
        ObjectNode snapshot = sound();
        soundness.into(snapshot);
        mistakes.forEach(plant -> plant.into(snapshot));
        return snapshot;
    }

    private static ObjectNode sound() {
        try (var in = Fleet.class.getResourceAsStream("sound.json")) {
            if (in == null) {
                throw new IllegalStateException("sound.json is missing");
            }
            return (ObjectNode) Snapshots.json(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
