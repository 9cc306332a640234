package org.skiplab.app.fx;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.skiplab.app.Journey;

class EnclosureTest {

    private Label label = new Label();
    private Enclosure enclosure = new Enclosure(label);
    private HBox row = new HBox();

    @BeforeAll
    static void start() {
        Toolkit.startOffscreen();
    }

    @Test
    void growsWithWhatIsInItAndOtherwiseLeavesTheRestAlone() throws Exception {
        Stage stage =
                Toolkit.call(() -> {
                    label = new Label("1");
                    label.setMinWidth(Region.USE_PREF_SIZE);
                    enclosure = new Enclosure(label);
                    row = new HBox(enclosure);
                    Stage shown = new Stage();
                    shown.setScene(new Scene(new Pane(row), 300, 100));
                    shown.show();
                    return shown;
                });
        set("332 h 24 min");
        waitUntilTheLabelFits();
        double widest = Toolkit.call(enclosure::getWidth);

        Toolkit.call(() -> {
            label.setText("7");
            assertThat(row.isNeedsLayout()).as("a smaller number is nobody's business").isFalse();
            stage.hide();
            return true;
        });
        assertThat(Toolkit.call(enclosure::getWidth)).isEqualTo(widest);
    }

    private void set(String text) throws Exception {
        Toolkit.call(() -> {
            label.setText(text);
            return true;
        });
    }

    private void waitUntilTheLabelFits() throws Exception {
        Journey.await(() ->
                enclosure.getWidth() >= label.prefWidth(-1)
                        && label.getWidth() >= label.prefWidth(-1));
    }
}
