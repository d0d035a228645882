package dev.parley.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What the server is made of is written into its jar, and what must not be in it is refused by every build.
class SupplyChainTest {
    private static final Path DENIED = Deployed.FOLDER.resolve("supply-chain/denied.xml");
    private static final Pattern ENTRY = Pattern.compile("<exclude>([^<]+)</exclude>");
    private static final Pattern COORDINATE = Pattern.compile("[a-z0-9.-]+:[a-z0-9*-]+(:[\\[(][0-9.]*,[0-9.]*[\\])])?");

    /// The components by name and version.
    private static Map<String, JsonNode> components() throws IOException {
        try (var file = Objects.requireNonNull(
                SupplyChainTest.class.getResourceAsStream("/META-INF/sbom/parley.cdx.json"), "no list in the jar")) {
            Map<String, JsonNode> components = new TreeMap<>();
            JsonMapper.builder()
                    .build()
                    .readTree(file)
                    .path("components")
                    .forEach(component -> components.put(
                            component.path("name").asText() + "-"
                                    + component.path("version").asText(),
                            component));
            return components;
        }
    }

    @Test
    @DisplayName("hostile H03 every part is listed with licence and checksum")
    void hostile_H03_everyPartIsListedWithLicenceAndChecksum() throws IOException {
        Map<String, JsonNode> components = components();
        assertThat(components).hasSizeGreaterThan(30);
        components.forEach((name, component) -> {
            assertThat(component.path("licenses")).as(name).isNotEmpty();
            assertThat(component.path("purl").asText()).as(name).startsWith("pkg:maven/");
            if (!component.path("group").asText().equals("dev.parley")) {
                assertThat(component.path("hashes").findValuesAsText("alg"))
                        .as(name)
                        .contains("SHA-256");
            }
        });
    }

    /// The libraries that these tests run with are, among others, those of the server.
    @Test
    void nothingThatTheServerLoadsIsMissingInTheList() throws IOException {
        List<String> listed = new ArrayList<>(components().keySet());
        List<String> groups = List.of(
                "io/netty",
                "org/bouncycastle",
                "io/micrometer",
                "org/jitsi",
                "ch/qos/logback",
                "org/xerial",
                "org/flywaydb");
        List<String> loaded = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(jar -> jar.replace(File.separatorChar, '/'))
                .filter(jar -> groups.stream().anyMatch(jar::contains))
                .map(jar -> Path.of(jar).getFileName().toString().replaceFirst("(-linux-[a-z0-9_]+)?\\.jar$", ""))
                .toList();
        assertThat(loaded).hasSizeGreaterThan(15);
        assertThat(listed).containsAll(loaded);
    }

    @Test
    @DisplayName("hostile H03 the build refuses what is on the list of denied parts")
    void hostile_H03_theBuildRefusesWhatIsDenied() {
        String pom = Deployed.read(Deployed.ROOT.resolve("pom.xml"));
        assertThat(pom)
                .contains("<externalRules>")
                .contains("${maven.multiModuleProjectDirectory}/deploy/supply-chain/denied.xml");
        List<String> denied = ENTRY.matcher(Deployed.read(DENIED))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(denied).hasSizeGreaterThan(10).allMatch(COORDINATE.asMatchPredicate());
    }

    @Test
    void reportsOfFaultsHaveAPlaceAndAnAnswerTime() {
        assertThat(Deployed.read(Deployed.ROOT.resolve("SECURITY.md"))).containsPattern("within \\w+\\s+working days");
    }
}
