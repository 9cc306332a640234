package org.skiplab.app;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import javafx.application.Platform;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// The house rules of the app, as tests. A rule about classes that nobody has written yet holds,
/// and bites once somebody does.
class ArchitectureTest {
    private static final JavaClasses MAIN =
            new ClassFileImporter()
                    .withImportOption(new DoNotIncludeTests())
                    .importPackages("org.skiplab.app");

    @Test
    void viewModelsKnowNoScene() {
        check(
                noClasses()
                        .that()
                        .haveSimpleNameEndingWith("ViewModel")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("javafx.scene..", "javafx.stage.."));
    }

    @Test
    void viewModelsKnowNoKernels() {
        check(
                noClasses()
                        .that()
                        .haveSimpleNameEndingWith("ViewModel")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "org.skiplab.engine.kernel..", "org.nd4j..", "org.bytedeco.."));
    }

    @Test
    void onlyFxHandsWorkToTheFxThread() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("org.skiplab.app.fx..")
                        .should()
                        .accessTargetWhere(
                                target(owner(type(Platform.class))).and(target(name("runLater")))));
    }

    @Test
    void onlyTheCommandLineWritesOnTheTerminal() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("org.skiplab.app.cli..")
                        .and()
                        .doNotBelongToAnyOf(Main.class)
                        .should(ACCESS_STANDARD_STREAMS));
    }

    @Test
    void nothingNeedsABrowserOrSwing() {
        check(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "javafx.scene.web..", "javafx.embed..", "javax.swing.."));
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
        check(
                classes()
                        .should(
                                be(
                                        DescribedPredicate.<JavaClass>describe(
                                                "in a @NullMarked package",
                                                c ->
                                                        c.getPackage()
                                                                .isAnnotatedWith(
                                                                        NullMarked.class)))));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(MAIN);
    }
}
