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

    @Test
    void aWindowThatChangesItsWidthWhileItOpensLosesNoPanelWidths() throws Exception {
        Toolkit.startOffscreen();
        assertThat(Toolkit.call(this::opening))
                .containsExactly(new double[] {250, 286}, within(4.0));
    }

    private double[] opening() {
        Region palette = new Region();
        Region inspector = new Region();
        // Panels ask for more than they get, as real ones do.
        palette.setPrefWidth(600);
        inspector.setPrefWidth(600);
        Scene scene = new Scene(new StackPane(panels(palette, inspector).node()), 1550, 700);
        Parent root = scene.getRoot();
        root.resize(1550, 700);
        root.applyCss();
        root.layout();
        lay(root, 1600);
        return new double[] {palette.getWidth(), inspector.getWidth()};
    }

    private Panels panels(Region palette, Region inspector) {
        return new Panels(
                new Fixture(folder).bench.settings(),
                palette,
                new Region(),
                inspector,
                Optional.empty());
    }

    private List<double[]> widths() {
        Region palette = new Region();
        Region inspector = new Region();
        Scene scene = new Scene(new StackPane(panels(palette, inspector).node()), WINDOWS[0], 700);
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
