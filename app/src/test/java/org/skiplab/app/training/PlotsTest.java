package org.skiplab.app.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skiplab.app.Journey.onFx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.app.plot.BarFigure;
import org.skiplab.app.plot.FigureFile;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.plot.PlotPane;
import org.testfx.framework.junit5.ApplicationExtension;

@ExtendWith(ApplicationExtension.class)
class PlotsTest {

    @TempDir Path folder;
    private final List<String> told = new ArrayList<>();

    private final Surroundings surroundings =
            new Surroundings() {
                @Override
                public Optional<Path> chooseFile(String name, FigureFile kind) {
                    return Optional.of(folder.resolve(name));
                }

                @Override
                public void browse(String address) {}

                @Override
                public void tell(String message) {
                    told.add(message);
                }

                @Override
                public void warn(String message) {
                    told.add(message);
                }
            };

    @Test
    void aSavedFigureDoesNotHoldWhatWasPointedAt() throws Exception {
        onFx(() -> {
            BarFigure figure =
                    new BarFigure(new BarFigure.Subject("Time", Numbers::plain, "idle", "Nothing"));
            figure.update(List.of("a", "b"), new float[] {1, 2}, "");
            PlotPane pane = new Plots(surroundings).pane(figure);
            pane.resize(460, 200);
            String plain = FigureFile.svg(figure, 460, 200, pane.palette());
            figure.hover(300, 100);
            assertThat(FigureFile.svg(figure, 460, 200, pane.palette())).isNotEqualTo(plain);
            pane.saves().get(FigureFile.SVG.ordinal()).fire();
            assertThat(folder.resolve("time.svg")).hasContent(plain);
            assertThat(told).containsExactly("Saved " + folder.resolve("time.svg"));
            assertThat(Files.list(folder)).hasSize(1);
        });
    }
}
