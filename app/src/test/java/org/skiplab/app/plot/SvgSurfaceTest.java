package org.skiplab.app.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javafx.scene.paint.Color;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class SvgSurfaceTest {

    private final SvgSurface surface =
            new SvgSurface(200, 100, "Inter", (text, size, _) -> size * text.length());

    private Document parsed() throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(surface.document())));
    }

    @Test
    void everyShapeIsWellFormed() throws Exception {
        double[] x = {1, 2, 3};
        double[] y = {4, 5, 6};
        surface.cut(0, 0, 10, 10);
        surface.polyline(x, y, 3, 1.5, Color.RED);
        surface.polygon(x, y, 2, Color.color(0, 0, 1, 0.25));
        surface.uncut();
        surface.text("a < b & \"c\"", 5, 5, Align.CENTRE, 11, true, Color.BLACK);
        surface.ring(1, 2, 3, 1, Color.GREEN);
        Document document = parsed();

        assertThat(
                        document.getElementsByTagName("polyline")
                                .item(0)
                                .getAttributes()
                                .getNamedItem("points")
                                .getNodeValue())
                .isEqualTo("1,4 2,5 3,6");
        assertThat(
                        document.getElementsByTagName("polygon")
                                .item(0)
                                .getAttributes()
                                .getNamedItem("fill-opacity")
                                .getNodeValue())
                .isEqualTo("0.25");
        assertThat(document.getElementsByTagName("text").item(0).getTextContent())
                .isEqualTo("a < b & \"c\"");
    }

    @Test
    void aRasterBecomesOneRectanglePerRun() throws Exception {
        Raster raster = new Raster();
        raster.clear(4, 2);
        for (int c = 0; c < 3; c++) {
            raster.set(c, 0, Raster.cell(Color.RED));
        }
        raster.set(3, 1, Raster.cell(Color.BLUE));
        surface.raster(raster, 0, 0, 40, 20);
        var rectangles = parsed().getElementsByTagName("rect");

        assertThat(rectangles.getLength()).isEqualTo(2);
        assertThat(rectangles.item(0).getAttributes().getNamedItem("width").getNodeValue())
                .isEqualTo("30");
        assertThat(rectangles.item(1).getAttributes().getNamedItem("x").getNodeValue())
                .isEqualTo("30");
        assertThat(rectangles.item(1).getAttributes().getNamedItem("fill").getNodeValue())
                .isEqualTo("#0000ff");
    }
}
