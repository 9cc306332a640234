package org.skiplab.app.insight;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.layout.Region;
import org.junit.jupiter.api.Test;

class ControlsTest {

    private static Region box(double width) {
        Region box = new Region();
        box.setPrefSize(width, 20);
        return box;
    }

    @Test
    void whatHasNoRoomGoesOnInTheNextRowInItsFullWidth() {
        Region[] boxes = {box(60), box(70), box(80)};
        Controls controls = new Controls(10, boxes);
        assertThat(controls.prefWidth(-1)).isEqualTo(230);
        assertThat(controls.prefHeight(230)).isEqualTo(20);
        assertThat(controls.prefHeight(160)).isGreaterThan(40);

        controls.resize(160, controls.prefHeight(160));
        controls.layout();
        assertThat(boxes).extracting(Region::getWidth).containsExactly(60.0, 70.0, 80.0);
        assertThat(boxes[1].getLayoutX()).isEqualTo(90);
        assertThat(boxes[2].getLayoutX()).isEqualTo(80);
        assertThat(boxes[2].getLayoutY()).isGreaterThan(boxes[0].getLayoutY() + 20);
    }

    @Test
    void noControlIsWiderThanTheRow() {
        Region wide = box(300);
        Controls controls = new Controls(10, box(60), wide);
        controls.resize(200, controls.prefHeight(200));
        controls.layout();
        assertThat(wide.getWidth()).isEqualTo(200);
        assertThat(wide.getLayoutX()).isZero();
    }

    @Test
    void whatIsNotManagedTakesNoRoom() {
        Region hidden = box(500);
        hidden.setManaged(false);
        assertThat(new Controls(10, box(60), hidden).prefWidth(-1)).isEqualTo(60);
    }
}
