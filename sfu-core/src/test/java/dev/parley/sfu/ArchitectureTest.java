package dev.parley.sfu;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Who may see whom: the package table of the architecture, as one table.
class ArchitectureTest {
    private static final String ROOT = "dev.parley.sfu.";

    /// A package and the others of ours that it may use. Sub-packages belong to the package above them.
    private static final Map<String, Set<String>> MAY_SEE = Map.ofEntries(
            entry("base", Set.of()),
            entry("api", Set.of()),
            entry("stun", Set.of("base")),
            entry("ice", Set.of("base", "stun")),
            entry("turn", Set.of("base", "stun")),
            entry("dtls", Set.of("base")),
            entry("srtp", Set.of("base")),
            entry("rtp", Set.of("base")),
            entry("sctp", Set.of("base")),
            entry("bwe", Set.of("base")),
            entry("sdp", Set.of("base")),
            entry("stream", Set.of("base")),
            entry("media", Set.of("base", "rtp", "bwe")),
            entry(
                    "session",
                    Set.of("base", "api", "stun", "ice", "turn", "dtls", "srtp", "rtp", "sctp", "bwe", "sdp", "media")),
            entry("room", Set.of("base", "api", "rtp", "sdp", "media", "session")),
            entry("relay", Set.of("base", "rtp", "media")),
            entry("edge", Set.of("base", "api", "stun", "stream", "media", "session", "room", "relay")),
            entry(
                    "server",
                    Set.of(
                            "base", "api", "stun", "ice", "turn", "dtls", "srtp", "rtp", "sctp", "bwe", "sdp", "media",
                            "session", "room", "relay", "edge")));

    /// What comes from outside, by the beginning of its name, and the only packages that may know of it.
    private static final Map<String, Set<String>> ONLY_IN = Map.ofEntries(
            entry("io.netty.", Set.of("edge", "server")),
            entry("org.ice4j.", Set.of("stun")),
            entry("org.bouncycastle.", Set.of("dtls")),
            entry("io.micrometer.", Set.of("server")),
            entry("io.prometheus.", Set.of("server")),
            entry("java.lang.foreign.", Set.of("edge", "srtp")),
            entry("java.net.Socket", Set.of("edge", "server")),
            entry("java.net.Datagram", Set.of("edge")),
            entry("java.nio.channels.", Set.of("edge")),
            entry("java.io.File", Set.of()),
            entry("java.nio.file.", Set.of()),
            entry("java.util.concurrent.locks.", Set.of("edge", "server")),
            entry("java.util.concurrent.atomic.", Set.of("edge", "server")),
            entry("java.util.concurrent.Concurrent", Set.of("edge", "server")),
            entry("java.util.concurrent.Executor", Set.of("edge", "server")),
            entry("java.lang.Thread", Set.of("edge", "server")));

    /// The handshake of DTLS blocks, so it has a virtual thread of its own, and a count that all loops share.
    private static final Set<String> HANDSHAKE_THREADS = Set.of("HandshakeThread", "HalfOpenHandshakes", "WarmUp");

    private static final Set<String> LIVING = Set.of("edge", "server");
    private static final Set<String> CLOCKS = Set.of(
            "java.lang.System.nanoTime",
            "java.lang.System.currentTimeMillis",
            "java.lang.Math.random",
            "java.time.Instant.now",
            "java.time.Clock.systemUTC",
            "java.util.UUID.randomUUID");

    private static final JavaClasses CLASSES = read();

    @Test
    void packagesSeeOnlyWhatIsBelow() {
        assertThat(dependencies(d -> isOurs(d) && !mayUse(packageOf(d.getOriginClass()), packageOf(target(d)))))
                .isEmpty();
    }

    @Test
    void everyPackageIsInTheTable() {
        assertThat(CLASSES.stream().map(ArchitectureTest::packageOf).distinct()).isSubsetOf(MAY_SEE.keySet());
    }

    @Test
    void eachLibraryStaysInItsPlace() {
        assertThat(dependencies(d -> ONLY_IN.entrySet().stream()
                        .anyMatch(rule -> target(d).getName().startsWith(rule.getKey())
                                && !rule.getValue().contains(packageOf(d.getOriginClass()))
                                && !isHandshakeThread(d.getOriginClass()))))
                .isEmpty();
    }

    /// Time and randomness are arguments, or a run cannot be repeated from its seed.
    @Test
    void onlyTheEdgeHasAClock() {
        assertThat(below(LIVING)
                        .flatMap(c -> c.getMethodCallsFromSelf().stream())
                        .filter(call -> CLOCKS.contains(call.getTargetOwner().getName() + "." + call.getName()))
                        .map(Object::toString))
                .isEmpty();
    }

    @Test
    void nothingBelowTheEdgeIsSynchronized() {
        assertThat(below(LIVING)
                        .filter(c -> !isHandshakeThread(c))
                        .flatMap(c -> c.getMethods().stream())
                        .filter(method -> method.getModifiers().contains(JavaModifier.SYNCHRONIZED))
                        .map(Object::toString))
                .isEmpty();
    }

    /// What an array is made of is what is seen.
    private static JavaClass target(Dependency d) {
        return d.getTargetClass().getBaseComponentType();
    }

    /// Names of what lies outside are enough: reading the JDK and all libraries too takes ten times as long.
    private static JavaClasses read() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.parley.sfu");
    }

    private static Set<String> dependencies(Predicate<Dependency> wrong) {
        return CLASSES.stream()
                .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
                .filter(wrong)
                .map(Dependency::getDescription)
                .collect(toCollection(TreeSet::new));
    }

    private static Stream<JavaClass> below(Set<String> packages) {
        return CLASSES.stream().filter(c -> !packages.contains(packageOf(c)));
    }

    private static boolean isOurs(Dependency d) {
        return target(d).getPackageName().startsWith(ROOT);
    }

    private static boolean mayUse(String from, String to) {
        return from.equals(to) || MAY_SEE.getOrDefault(from, Set.of()).contains(to);
    }

    private static boolean isHandshakeThread(JavaClass c) {
        String name = c.getSimpleName();
        String outermost =
                c.getName().substring(c.getPackageName().length() + 1).split("\\$", 2)[0];
        return packageOf(c).equals("dtls")
                && (HANDSHAKE_THREADS.contains(name) || HANDSHAKE_THREADS.contains(outermost));
    }

    private static String packageOf(JavaClass c) {
        String name = c.getPackageName();
        return name.startsWith(ROOT) ? name.substring(ROOT.length()).split("\\.", 2)[0] : name;
    }
}
