package org.skiplab.app.canvas;

import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.skiplab.app.diagram.Heat;
import org.skiplab.app.diagram.Scenery;

/// By what the blocks on the canvas are coloured, and what a training measures of them.
public final class BlockColours {

    private final ObjectProperty<Colouring> colouring = new SimpleObjectProperty<>(Colouring.KIND);
    private final ObjectProperty<Optional<Map<String, Double>>> gradients =
            new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Optional<Map<String, Double>>> times =
            new SimpleObjectProperty<>(Optional.empty());

    /// What the blocks' colour means.
    public ObjectProperty<Colouring> colouringProperty() {
        return colouring;
    }

    /// Mean |gradient| of each block in the running training; empty when there is none.
    public ObjectProperty<Optional<Map<String, Double>>> gradientsProperty() {
        return gradients;
    }

    /// Milliseconds that each block takes in the running training; empty when there is none.
    public ObjectProperty<Optional<Map<String, Double>>> timesProperty() {
        return times;
    }

    /// Colours by what a training measures, from now on; read only while it is looked at.
    public void follow(
            ObservableValue<Optional<Map<String, Double>>> measuredGradients,
            ObservableValue<Optional<Map<String, Double>>> measuredTimes) {
        colouring.subscribe(now -> {
            gradients.unbind();
            times.unbind();
            switch (now) {
                case GRADIENT -> gradients.bind(measuredGradients);
                case TIME -> times.bind(measuredTimes);
                case KIND, PARAMETERS, MACS -> {
                    gradients.set(Optional.empty());
                    times.set(Optional.empty());
                }
            }
        });
    }

    /// The quantity that colours the blocks; empty while it is the kind, or nothing is measured.
    Optional<Heat> heat(Scenery scenery) {
        return colouring
                .get()
                .measure(scenery.analysis(), gradients.get(), times.get())
                .map(m -> new Heat(m, scenery.diagram()));
    }
}
