package dev.parley.tidy;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.tidy.JavaShapes.Function;
import dev.parley.tidy.Repository.File;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TidyTest {
    private static final int JAVA_FILE_LINES_MAX = 500;
    private static final int FUNCTION_LINES_MAX = 60;
    private static final int JS_FILE_LINES_MAX = 300;

    /// A language is one file, whose length the linter limits.
    private static final String TEXTS = "web-client/static/texts/";

    /// A composer that composes everything grows without end, and these names are where it hides.
    private static final Pattern FORBIDDEN_NAME = Pattern.compile(
            "(?:Manager|Helper|Utils?|Impl|Abstract|Base)(?=[A-Z]|$).*|.*(?:Manager|Helper|Utils?|Impl|Abstract|Base)");

    private static final Pattern OPEN_END = Pattern.compile("\\b(?:TODO|FIXME|XXX)\\b(?! #\\d)");
    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.$}-])/(?:work|root|tmp|home/\\w+|Users/\\w+)/\\w|\\b[A-Z]:\\\\\\\\?Users");
    private static final Pattern REGISTRY = Pattern.compile(
            "registry\\.(?:npmjs|yarnpkg)\\.|repo1?\\.maven\\.|\\bpypi\\.org|pythonhosted\\.|deb\\.debian\\.|"
                    + "\\bcrates\\.io|proxy\\.golang\\.");
    private static final Pattern RESOLVED = Pattern.compile("\"resolved\"\\s*:");

    private static final Repository REPOSITORY = Repository.read();
    private static final JavaShapes SHAPES = JavaShapes.read(REPOSITORY);

    @Test
    void filesStaySmall() {
        assertThat(filesLongerThan("java", JAVA_FILE_LINES_MAX)).isEmpty();
        assertThat(filesLongerThan("js", JS_FILE_LINES_MAX).filter(file -> !file.startsWith(TEXTS)))
                .isEmpty();
    }

    @Test
    void functionsStaySmall() {
        assertThat(SHAPES.functions().stream().filter(function -> function.lines() > FUNCTION_LINES_MAX))
                .isEmpty();
    }

    @Test
    void printsTheMedians() {
        int[] files =
                REPOSITORY.java().mapToInt(file -> file.lines().size()).sorted().toArray();
        int[] functions =
                SHAPES.functions().stream().mapToInt(Function::lines).sorted().toArray();
        assertThat(files).isNotEmpty();
        assertThat(functions).isNotEmpty();
        System.out.printf(
                "tidy: %d Java files, median %d lines, longest %d; %d functions, median %d lines, longest %d%n",
                files.length,
                median(files),
                files[files.length - 1],
                functions.length,
                median(functions),
                functions[functions.length - 1]);
    }

    @Test
    void typesSayWhatTheyAre() {
        assertThat(SHAPES.types().stream()
                        .filter(type -> FORBIDDEN_NAME.matcher(type.name()).matches()))
                .isEmpty();
    }

    /// A package may be described beside its code or beside its tests, in the same module.
    @Test
    void everyPackageIsDescribed() {
        Set<String> described = REPOSITORY
                .java()
                .filter(file -> file.path().endsWith("/package-info.java"))
                .map(TidyTest::packageOf)
                .collect(toSet());
        assertThat(REPOSITORY
                        .java()
                        .filter(TidyTest::isInAPackage)
                        .map(TidyTest::packageOf)
                        .distinct()
                        .filter(name -> !described.contains(name)))
                .isEmpty();
    }

    @Test
    void whatIsLeftOpenHasAnIssue() {
        assertThat(lines(line -> OPEN_END.matcher(line).find())).isEmpty();
    }

    @Test
    void examplesBelongToNobody() {
        assertThat(lines(line -> !Addresses.somebodys(line).isEmpty())).isEmpty();
    }

    @Test
    void nothingKnowsTheMachineItWasWrittenOn() {
        assertThat(lines(line -> MACHINE_PATH.matcher(line).find())).isEmpty();
    }

    @Test
    void nothingNamesARegistry() {
        assertThat(lines(line -> REGISTRY.matcher(line).find())).isEmpty();
        assertThat(lines(line -> RESOLVED.matcher(line).find())).isEmpty();
    }

    private static Stream<String> filesLongerThan(String extension, int most) {
        return REPOSITORY
                .files()
                .filter(file -> file.is(extension) && file.lines().size() > most)
                .map(file -> file.path() + ": " + file.lines().size());
    }

    /// As `path:number: text`, so that an editor finds it. The rules themselves name what they forbid.
    private static List<String> lines(Predicate<String> wrong) {
        return REPOSITORY
                .files()
                .filter(file -> !file.path().contains("/dev/parley/tidy/"))
                .flatMap(file -> IntStream.range(0, file.lines().size())
                        .filter(i -> wrong.test(file.lines().get(i)))
                        .mapToObj(i -> file.path() + ":" + (i + 1) + ": "
                                + file.lines().get(i).strip()))
                .toList();
    }

    private static boolean isInAPackage(File file) {
        return file.path().contains("/java/");
    }

    /// `sfu-core dev/parley/sfu/base`.
    private static String packageOf(File file) {
        String module = file.path().substring(0, file.path().indexOf('/'));
        return module + " " + file.folder().substring(file.folder().indexOf("/java/") + "/java/".length());
    }

    private static int median(int[] sorted) {
        return sorted[sorted.length / 2];
    }
}
