package dev.parley.signaling;

import static java.util.Map.entry;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// Who may see whom: the package table of the architecture, as one table.
class ArchitectureTest {
    private static final String ROOT = "dev.parley.signaling.";
    private static final String ENGINE = "dev.parley.sfu.";

    /// A package and the others that it may use. `sfu.api` is the engine's public face; features see that, the model,
    /// and never each other.
    private static final Map<String, Set<String>> MAY_SEE = Map.ofEntries(
            entry("model", Set.of()),
            entry("accounts", Set.of("model", "sfu.api")),
            entry("rooms", Set.of("model", "sfu.api")),
            entry("chat", Set.of("model", "sfu.api")),
            entry("files", Set.of("model", "sfu.api")),
            entry("contacts", Set.of("model", "sfu.api")),
            entry("push", Set.of("model", "sfu.api")),
            entry("admin", Set.of("model", "sfu.api")),
            entry("web", features()),
            entry("socket", features("web")),
            entry("whip", features("web")),
            entry("store", features()),
            entry("cluster", features()),
            entry("app", features("web", "socket", "whip", "store", "cluster", "sfu.server", "sfu.base")));

    /// What comes from outside, by the beginning of its name, and the only packages that may know of it.
    private static final Map<String, Set<String>> ONLY_IN = Map.ofEntries(
            entry("io.netty.", Set.of("web", "socket", "app")),
            entry("com.fasterxml.jackson.", Set.of("web", "socket", "whip", "app")),
            entry("java.sql.", Set.of("store")),
            entry("javax.sql.", Set.of("store")),
            entry("org.sqlite.", Set.of("store")),
            entry("org.flywaydb.", Set.of("store")),
            entry("info.picocli.", Set.of("app")),
            entry("picocli.", Set.of("app")),
            entry("io.micrometer.", Set.of("app")),
            entry("org.bouncycastle.", Set.of("accounts", "app")),
            entry("ch.qos.logback.", Set.of("app")));

    private static final JavaClasses CLASSES = read();

    @Test
    void packagesSeeOnlyWhatIsBelow() {
        assertThat(dependencies(d -> isOurs(target(d)) && !mayUse(packageOf(d.getOriginClass()), packageOf(target(d)))))
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
                                && !rule.getValue().contains(packageOf(d.getOriginClass())))))
                .isEmpty();
    }

    private static Set<String> features(String... others) {
        Set<String> seen = new TreeSet<>(Set.of(others));
        seen.addAll(Set.of("model", "accounts", "rooms", "chat", "files", "contacts", "push", "admin", "sfu.api"));
        return seen;
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
                .importPackages("dev.parley.signaling");
    }

    private static Set<String> dependencies(Predicate<Dependency> wrong) {
        return CLASSES.stream()
                .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
                .filter(wrong)
                .map(Dependency::getDescription)
                .collect(toCollection(TreeSet::new));
    }

    private static boolean isOurs(JavaClass c) {
        return c.getPackageName().startsWith(ROOT) || c.getPackageName().startsWith(ENGINE);
    }

    private static boolean mayUse(String from, String to) {
        return from.equals(to) || MAY_SEE.getOrDefault(from, Set.of()).contains(to);
    }

    /// The first name below `signaling`, or `sfu.` and the first name below the engine's root.
    private static String packageOf(JavaClass c) {
        String name = c.getPackageName();
        if (name.startsWith(ENGINE)) {
            return "sfu." + name.substring(ENGINE.length()).split("\\.", 2)[0];
        }
        return name.startsWith(ROOT) ? name.substring(ROOT.length()).split("\\.", 2)[0] : name;
    }
}
