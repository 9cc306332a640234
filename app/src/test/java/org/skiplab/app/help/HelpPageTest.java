package org.skiplab.app.help;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HelpPageTest {

    @ParameterizedTest
    @EnumSource(HelpPage.class)
    void everyPageIsThereWithATitleAndLinesThatFormulasCanTake(HelpPage page) {
        assertThat(page.text()).startsWith("# ");
        assertThat(page.text().lines().filter(l -> l.startsWith("    ")))
                .allSatisfy(formula -> assertThat(formula.length()).isLessThan(90));
    }

    @ParameterizedTest
    @EnumSource(
            value = HelpPage.class,
            names = {"BLOCKS", "SURVIVAL", "GRADIENTS", "REUSE"})
    void pagesAboutPapersHaveAFormulaAndALinkToThem(HelpPage page) {
        assertThat(page.text()).contains("\n    ").contains("](https://arxiv.org/abs/");
    }
}
