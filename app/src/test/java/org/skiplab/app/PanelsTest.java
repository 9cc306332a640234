package org.skiplab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.app.fx.Toolkit;

class PanelsTest {

    @TempDir Path folder;

    private static final int[] WINDOWS = {1600, 1000, 1600, 1100, 1000, 1300, 1600};

    @Test
    void panelsKeepTheirWidthsHoweverTheWindowGrowsAndShrinks() throws Exception {
        Toolkit.startOffscreen();
        List<double[]> widths = Toolkit.call(this::widths);
        for (int i = 0; i < WINDOWS.length; i++) {
            assertThat(widths.get(i))
                    .as("palette and inspector in window %d of %s", i, WINDOWS[i])
                    .containsExactly(new double[] {WINDOWS[i] < 1200 ? 58 : 250, 286}, within(4.0));
        }
    }

    private List<double[]> widths() {
        Region palette = new Region();
        Region inspector = new Region();
        Panels panels =
                new Panels(
                        new Fixture(folder).bench.settings(),
                        palette,
                        new Region(),
                        inspector,
                        Optional.empty());
        Scene scene = new Scene(new StackPane(panels.node()), WINDOWS[0], 700);
        List<double[]> widths = new ArrayList<>();
        for (int width : WINDOWS) {
            lay(scene.getRoot(), width);
            widths.add(new double[] {palette.getWidth(), inspector.getWidth()});
        }
        return widths;
    }

    private static void lay(Parent root, int width) {
        root.resize(width, 700);
        root.applyCss();
        for (int i = 0; i < 3; i++) {
            root.layout();
        }
    }
}
