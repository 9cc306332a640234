package org.skiplab.app;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// The toolkit of the tests: JavaFX as modules, on the headless platform.
@ExtendWith(ApplicationExtension.class)
class ToolkitTest {
    private Label label;

    @Start
    void start(Stage stage) {
        label = new Label("a label with a width");
        stage.setScene(new Scene(new StackPane(label), 300, 200));
        stage.show();
    }

    @Test
    void javaFxIsNamedModulesAndLaysOutText() throws Exception {
        assertThat(Application.class.getModule().getName()).isEqualTo("javafx.graphics");
        assertThat(Journey.onFx(label::getWidth)).isBetween(20.0, 300.0);
    }
}
