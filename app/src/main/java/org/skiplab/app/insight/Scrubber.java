package org.skiplab.app.insight;

import java.util.function.IntFunction;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// Goes back to what was kept of earlier steps: a slider whose right end is the newest. Hides while
/// nothing earlier was kept.
public final class Scrubber extends HBox {

    private final Slider slider = new Slider(0, 0, 0);
    private final Label at = new Label();
    private int past;
    private IntFunction<String> names = _ -> "";

    /// @param what is scrubbed, for screen readers
    /// @param moved told of every move
    public Scrubber(String what, Runnable moved) {
        super(6);
        slider.setBlockIncrement(1);
        slider.setPrefWidth(90);
        slider.setMinWidth(50);
        slider.setAccessibleText(what);
        at.setMinWidth(Region.USE_PREF_SIZE);
        at.getStyleClass().add("caption");
        getChildren().setAll(at, slider);
        setAlignment(Pos.CENTER_LEFT);
        visibleProperty().bind(slider.maxProperty().greaterThan(0));
        managedProperty().bind(visibleProperty());
        slider.valueProperty()
                .subscribe((_, _) -> {
                    name();
                    moved.run();
                });
        name();
    }

    /// Offers what was kept; who is at the newest stays there.
    ///
    /// @param kept how many there are
    /// @param said what to say of each, oldest first
    public void offer(int kept, IntFunction<String> said) {
        boolean newest = chosen() < 0;
        past = kept;
        names = said;
        slider.setMax(past);
        if (newest) {
            slider.setValue(past);
        }
        name();
    }

    /// Goes to one of those that were kept, −1 to the newest.
    public void choose(int index) {
        slider.setValue(index < 0 ? past : index);
    }

    /// Which of the kept ones to show, −1 for the newest.
    public int chosen() {
        int index = (int) Math.round(slider.getValue());
        return index < past ? index : -1;
    }

    private void name() {
        at.setText(chosen() < 0 ? "now" : names.apply(chosen()));
    }
}
