package org.skiplab.engine;

import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The house rules of the engine, as tests. A rule about a package that nobody has filled yet
/// holds, and bites once somebody does.
class ArchitectureTest {
    private static final String ENGINE = "org.skiplab.engine";

    /// From the top down. A package may name those below it, never one above it.
    private static final List<String> LAYERS =
            List.of("export", "train", "probe", "data", "nn", "kernel", "graph");

    private static final JavaClasses MAIN =
            new ClassFileImporter()
                    .withImportOption(new DoNotIncludeTests())
                    .importPackages(ENGINE);

    @Test
    void everyClassHasItsPlaceInTheLayers() {
        check(
                classes()
                        .should()
                        .resideInAnyPackage(
                                LAYERS.stream()
                                        .map(ArchitectureTest::layer)
                                        .toArray(String[]::new)));
    }

    @ParameterizedTest
    @MethodSource("layersWithAnyAbove")
    void arrowsRunDownwardsOnly(String layer, List<String> above) {
        check(
                noClasses()
                        .that()
                        .resideInAPackage(layer(layer))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                above.stream()
                                        .map(ArchitectureTest::layer)
                                        .toArray(String[]::new)));
    }

    @Test
    void onlyKernelNamesOneDnn() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage(layer("kernel"))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.bytedeco.dnnl.."));
    }

    @Test
    void graphIsAValueWithoutTensors() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage(layer("graph"))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("org.nd4j..", "org.bytedeco.."));
    }

    @Test
    void engineKnowsNoUserInterface() {
        check(
                noClasses()
                        .should()
                        .dependOnClassesThat(
                                resideIn("javafx..", "javax.swing..", "java.awt..")
                                        .and(
                                                DescribedPredicate.not(
                                                        resideIn("java.awt.image..")))));
    }

    @Test
    void onlyDataDecodesImages() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage(layer("data"))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("javax.imageio..", "java.awt.image.."));
    }

    @Test
    void engineWritesNothingOnTheTerminal() {
        check(NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
    }

    @Test
    void loggingGoesThroughSlf4j() {
        check(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("java.util.logging..", "org.tinylog.."));
    }

    @Test
    void nothingStaticChanges() {
        check(fields().that().areStatic().should().beFinal());
    }

    @Test
    void everyPackageIsNullMarked() {
        check(classes().should(be(inANullMarkedPackage())));
    }

    private static Stream<Arguments> layersWithAnyAbove() {
        return IntStream.range(1, LAYERS.size())
                .mapToObj(i -> Arguments.of(LAYERS.get(i), LAYERS.subList(0, i)));
    }

    private static String layer(String name) {
        return ENGINE + "." + name + "..";
    }

    private static DescribedPredicate<JavaClass> resideIn(String... packages) {
        return JavaClass.Predicates.resideInAnyPackage(packages);
    }

    private static DescribedPredicate<JavaClass> inANullMarkedPackage() {
        return DescribedPredicate.describe(
                "in a @NullMarked package", c -> c.getPackage().isAnnotatedWith(NullMarked.class));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(MAIN);
    }
}
