package org.skiplab.app.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.paint.Color;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Presets;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class DiagramPictureTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resnet-8",
                "plain-20",
                "preact-resnet-164",
                "wrn-28-10",
                "densenet-bc-100-12",
                "stochastic-resnet-110"
            })
    void svgIsValidAndHoldsEveryWordAsText(String preset) throws Exception {
        Scenery scenery = scenery(preset);
        Document document = parsed(new DiagramPicture(scenery, Ink.LIGHT, Optional.empty()).svg());

        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        List<String> texts = texts(document);
        for (Card card : scenery.diagram().cards()) {
            if (!card.isImage()) {
                CardText text = CardText.of(card);
                assertThat(texts).contains(text.title()).containsAll(text.settings());
            }
        }
        scenery.stages().forEach(s -> assertThat(texts).contains(s.title()));
    }

    @Test
    void aPageIsWhiteByDayAndDarkByNight() throws Exception {
        Scenery scenery = scenery("resnet-8");
        assertThat(page(new DiagramPicture(scenery, Ink.LIGHT, Optional.empty())))
                .isEqualTo("#ffffff");
        assertThat(
                        Color.web(page(new DiagramPicture(scenery, Ink.DARK, Optional.empty())))
                                .getBrightness())
                .isLessThan(0.2);
    }

    @Test
    void aMeasureBringsItsLegendAndItsNumbers() throws Exception {
        Scenery scenery = scenery("resnet-8");
        Measure measure =
                new Measure(
                        "Parameters",
                        Map.of("stem", 10.0, "stage1_block1", 40.0),
                        true,
                        false,
                        v -> Math.round(v) + " p");
        Heat heat = new Heat(measure, scenery.diagram());
        DiagramPicture plain = new DiagramPicture(scenery, Ink.LIGHT, Optional.empty());
        DiagramPicture coloured = new DiagramPicture(scenery, Ink.LIGHT, Optional.of(heat));

        assertThat(texts(parsed(coloured.svg()))).contains("Parameters", "0 p", "40 p", "10 p");
        assertThat(coloured.height()).isGreaterThan(plain.height());
    }

    @Test
    void aPictureNobodyCouldOpenIsRefused() {
        DiagramPicture picture =
                new DiagramPicture(scenery("resnet-8"), Ink.LIGHT, Optional.empty());
        assertThat(picture.tooLarge(2)).isFalse();
        assertThat(picture.tooLarge(40)).isTrue();
    }

    private static Scenery scenery(String preset) {
        return Scenery.of(Analysis.of(Presets.get(preset).network()), Map.of(), Map.of());
    }

    private static String page(DiagramPicture picture) throws Exception {
        return ((Element) parsed(picture.svg()).getElementsByTagName("rect").item(0))
                .getAttribute("fill");
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)));
    }

    private static List<String> texts(Document document) {
        NodeList nodes = document.getElementsByTagName("text");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }
}
