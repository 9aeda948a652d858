package io.tidelock.replicator.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page that says which stores the contract runs on and what each of them does otherwise. */
class KnownFaultsTest {
    private static final Path PAGE = Path.of("STORES.md");

    /** What a line of the table says of a server, and the file of its faults, empty where it has none. */
    private record Server(String name, String when, String faults) {}

    private static final List<Server> SERVERS = List.of(
            new Server("in memory, the tests' own", "always", ""),
            new Server("the sandbox", "always", ""),
            new Server("S3Proxy 4.1.0, transient store", "always, in process", "s3proxy"),
            new Server("moto 5.2", "where `python3` has it: `pip install 'moto[server]~=5.2.0'`", "moto"),
            new Server(
                    "Ceph RGW 16.2", "with `-Pceph`, which installs Debian's packages where they are missing", "ceph"),
            new Server("MinIO", "with `-Pcontainers` and a container engine; not tried yet", "minio"),
            new Server("LocalStack 4.3", "with `-Pcontainers` and a container engine; not tried yet", "localstack"));

    private static Map<String, String> faults(Server server) {
        return server.faults().isEmpty() ? Map.of() : KnownFaults.of(server.faults());
    }

    /** Every test of the contract, by name. */
    private static Set<String> contract() {
        return Stream.<Class<?>>iterate(LockContract.class, type -> type != Object.class, Class::getSuperclass)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(KnownFaultsTest::isTest)
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isTest(Method method) {
        return method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3proxy", "ceph", "moto", "minio", "localstack"})
    void what_is_excluded_is_in_the_contract(String faults) {
        assertThat(contract())
                .containsAll(KnownFaults.of(faults).keySet().stream()
                        .map(KnownFaults::name)
                        .toList());
    }

    @Test
    void the_page_is_what_the_exclusions_say() throws IOException {
        // Given
        var generated = page();
        if (System.getenv("TIDELOCK_WRITE_REFERENCES") != null) {
            Files.writeString(PAGE, generated);
        }

        // When / Then
        assertThat(Files.readString(PAGE))
                .as("replicator/STORES.md is stale: TIDELOCK_WRITE_REFERENCES=1 mvn -pl replicator -am test"
                        + " -Dtest=KnownFaultsTest -Dsurefire.failIfNoSpecifiedTests=false")
                .isEqualTo(generated);
    }

    private static String page() {
        return """
            # The stores that Tidelock was tried on

            Generated from `src/test/resources/store-contract`; a test fails when this page is stale. One contract of %d tests (some with several
            parameters) says what a store has to do for Tidelock. Tests that a server fails for a fault of its own are run on it all the same, and fail
            the build when they pass.

            | store | runs | tests excluded |
            |---|---|---|
            """.formatted(contract().size())
                + SERVERS.stream().map(KnownFaultsTest::row).collect(Collectors.joining())
                + SERVERS.stream()
                        .filter(server -> !faults(server).isEmpty())
                        .map(KnownFaultsTest::section)
                        .collect(Collectors.joining());
    }

    private static String row(Server server) {
        var excluded = faults(server).keySet().stream().map(KnownFaults::name).distinct();
        return "| %s | %s | %d |%n".formatted(server.name(), server.when(), excluded.count());
    }

    private static String shown(String test) {
        var name = KnownFaults.name(test);
        return name.equals(test) ? "`" + name + "`" : "`" + name + "` with some parameters";
    }

    private static String section(Server server) {
        var byFault = new LinkedHashMap<String, Set<String>>();
        faults(server)
                .forEach((test, fault) -> byFault.computeIfAbsent(fault, _ -> new LinkedHashSet<>())
                        .add(shown(test)));
        return "\n## %s\n\n| what it does | tests excluded |\n|---|---|\n".formatted(server.name())
                + byFault.entrySet().stream()
                        .map(fault -> "| %s | %s |%n".formatted(fault.getKey(), String.join(", ", fault.getValue())))
                        .collect(Collectors.joining());
    }
}
