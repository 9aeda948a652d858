package io.tidelock.deploy;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.NullMarked;

/** The rules that hold the packages apart, for a tree of packages under one root. */
final class ArchitectureRules {
    private static final String[] PURE = {
        "domain",
        "ingest.decode",
        "ingest.json",
        "ingest.order",
        "replicator.rule",
        "replicator.plan",
        "compliance.control",
        "compliance.policy",
        "compliance.lag",
        "compliance.finding"
    };
    private static final String[] AWS = {"s3", "sqs", "sns", "sts", "kms", "securityhub", "http"};

    private final String root;

    /** @param root such as {@code io.tidelock} */
    ArchitectureRules(String root) {
        this.root = root;
    }

    /** All rules by what they are called here. */
    Map<String, ArchRule> all() {
        var rules = new LinkedHashMap<String, ArchRule>();
        rules.put("1 a layer never looks forward", layers());
        rules.put(
                "2 replicator sees of ingest only where records come from",
                only("replicator", "ingest", "handoff", "order", "kafka"));
        rules.put(
                "2 compliance sees of replicator only its vocabulary",
                only("compliance", "replicator", "rule", "plan", "store", "outcome"));
        rules.put(
                "3 packages form no cycle",
                slices().matching(root + ".(**)").should().beFreeOfCycles());
        rules.put(
                "4 Kafka stays in rooms named kafka",
                outside("..kafka..").should().dependOnClassesThat().resideInAPackage("org.apache.kafka.."));
        rules.put(
                "4 the AWS SDK stays in rooms named after its services",
                outside(rooms(AWS)).should().dependOnClassesThat().resideInAPackage("software.amazon.."));
        rules.put(
                "4 Micrometer stays in meter rooms and deploy",
                outside("..meter..", in("deploy"))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("io.micrometer.."));
        rules.put(
                "4 Vert.x stays in verticles, http rooms and deploy",
                outside("..http..", in("deploy"))
                        .and()
                        .haveSimpleNameNotEndingWith("Verticle")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("io.vertx.."));
        rules.put(
                "5 pure rooms do no input, no output and no logging",
                pure().should().dependOnClassesThat(io()));
        rules.put(
                "6 pure rooms know neither time nor chance",
                pure().should()
                        .callMethodWhere(clock())
                        .orShould()
                        .dependOnClassesThat(assignableTo(RandomGenerator.class)));
        rules.put("7 classes and packages have names of the field", names());
        rules.put(
                "8 every package is null-marked",
                classes().that().resideInAPackage(in("")).should(nullMarked()));
        rules.replaceAll((_, rule) -> rule.allowEmptyShould(true));
        return rules;
    }

    private ArchRule layers() {
        return layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("domain")
                .definedBy(in("domain"))
                .layer("ingest")
                .definedBy(in("ingest"))
                .layer("replicator")
                .definedBy(in("replicator"))
                .layer("compliance")
                .definedBy(in("compliance"))
                .layer("deploy")
                .definedBy(in("deploy"))
                .whereLayer("ingest")
                .mayOnlyBeAccessedByLayers("replicator", "deploy")
                .whereLayer("replicator")
                .mayOnlyBeAccessedByLayers("compliance", "deploy")
                .whereLayer("compliance")
                .mayOnlyBeAccessedByLayers("deploy")
                .whereLayer("deploy")
                .mayNotBeAccessedByAnyLayer();
    }

    private ArchRule only(String layer, String earlier, String... rooms) {
        var allowed = Arrays.stream(rooms)
                .map(room -> root + "." + earlier + "." + room)
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(in(layer))
                .should()
                .dependOnClassesThat(
                        resideInAPackage(in(earlier)).and(DescribedPredicate.not(resideInAnyPackage(allowed))));
    }

    private GivenClassesConjunction outside(String... rooms) {
        return noClasses().that().resideInAPackage(in("")).and().resideOutsideOfPackages(rooms);
    }

    private GivenClassesConjunction pure() {
        return noClasses()
                .that()
                .resideInAnyPackage(Arrays.stream(PURE).map(this::in).toArray(String[]::new));
    }

    private ArchRule names() {
        return noClasses()
                .that()
                .resideInAPackage(in(""))
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
                .orShould()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..misc..");
    }

    private static DescribedPredicate<JavaClass> io() {
        return resideInAnyPackage("java.io..", "java.net.http..", "java.nio.file..", "org.slf4j..")
                .and(DescribedPredicate.not(assignableTo(Throwable.class)))
                .and(DescribedPredicate.not(type(java.io.Serializable.class)))
                // streams over memory do no input and output
                .and(DescribedPredicate.not(type(java.io.ByteArrayOutputStream.class)))
                .and(DescribedPredicate.not(type(java.io.StringReader.class)))
                .and(DescribedPredicate.not(type(java.io.Reader.class)))
                .as("java.io, java.net.http, java.nio.file or slf4j");
    }

    private static DescribedPredicate<JavaCall<?>> clock() {
        return asked(resideInAnyPackage("java.time.."), "now|system|systemUTC|tick.*")
                .or(asked(type(System.class), "nanoTime|currentTimeMillis"))
                .or(asked(type(UUID.class), "randomUUID"))
                .or(asked(type(Math.class), "random"))
                .as("the clock or chance is asked");
    }

    private static DescribedPredicate<JavaCall<?>> asked(DescribedPredicate<? super JavaClass> type, String method) {
        return target(owner(type)).and(target(nameMatching(method)));
    }

    private static ArchCondition<JavaClass> nullMarked() {
        return new ArchCondition<>("be in a package that is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " is not @NullMarked"));
                }
            }
        };
    }

    private String in(String layer) {
        return root + (layer.isEmpty() ? "" : "." + layer) + "..";
    }

    private static String[] rooms(String... names) {
        return Arrays.stream(names).map(name -> ".." + name + "..").toArray(String[]::new);
    }
}
