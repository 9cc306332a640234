package org.skiplab.app.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.skiplab.engine.graph.Block;
import org.skiplab.engine.graph.DenseBlock;
import org.skiplab.engine.graph.Residual;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.Shortcut;
import org.skiplab.engine.graph.Wide;
import org.skiplab.engine.graph.edit.Catalogue;

class CardTextTest {

    @Test
    void theMostTellingSettingComesFirst() {
        assertThat(CardText.of(Residual.v1(Residual.Form.BASIC, 32, 2)))
                .isEqualTo(new CardText("Residual", "32 ch", "basic v1", "stride 2"));
        assertThat(CardText.of(Residual.v2(Residual.Form.BOTTLENECK, 16, 1)))
                .isEqualTo(new CardText("Residual", "4·16 ch", "bottlen. v2"));
        assertThat(CardText.of(new Wide(16, 10, 1, 0.3, null)))
                .isEqualTo(new CardText("Wide", "160 ch", "k = 10", "drop 0.3"));
        assertThat(CardText.of(new DenseBlock(6, 12, 4, 0)))
                .isEqualTo(new CardText("Dense", "6 layers", "growth 12", "bottleneck"));
    }

    @Test
    void aResidualBlockWithoutShortcutIsCalledPlain() {
        Residual plain = Residual.v1(Residual.Form.BASIC, 16, 1).with(Shortcut.NONE);

        assertThat(CardText.of(plain).title()).isEqualTo("Plain");
    }

    @ParameterizedTest
    @EnumSource(Catalogue.class)
    void everyBlockFitsItsCard(Catalogue entry) {
        Block block = entry.fitting(new Shape(32, 32, 512));
        CardText text = CardText.of(block);

        assertThat(text.settings()).hasSizeLessThanOrEqualTo(3);
        assertThat(Stream.concat(Stream.of(text.title()), text.settings().stream()))
                .allMatch(line -> line.length() <= 13);
    }
}
