package org.skiplab.app.training;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import org.skiplab.app.fx.ControlKeys;
import org.skiplab.app.fx.TypedNumbers;
import org.skiplab.app.plot.Numbers;

/// A number to turn: a slider for feeling, a field for typing.
final class Dial {

    /// How slider positions become numbers.
    ///
    /// @param low smallest number
    /// @param high largest number
    /// @param log whether equal distances are equal ratios
    /// @param zero whether the lowest position means 0
    /// @param whole whether only powers of two are meant, as batch sizes are
    /// @param least smallest number that can be typed
    /// @param most largest number that can be typed
    record Gauge(
            double low,
            double high,
            boolean log,
            boolean zero,
            boolean whole,
            double least,
            double most) {

        Gauge(double low, double high, boolean log, boolean zero, boolean whole) {
            this(low, high, log, zero, whole, low, high);
        }

        /// The same slider with a field that takes other numbers too.
        Gauge typed(double smallest, double largest) {
            return new Gauge(low, high, log, zero, whole, smallest, largest);
        }

        double position(double value) {
            if (zero && value <= 0) {
                return 0;
            }
            double share =
                    log
                            ? Math.log(value / low) / Math.log(high / low)
                            : (value - low) / (high - low);
            return Math.clamp(zero ? 0.04 + 0.96 * share : share, 0, 1);
        }

        /// The number at a slider position from 0 to 1, rounded to what fingers can mean.
        double value(double position) {
            if (zero && position < 0.02) {
                return 0;
            }
            double share = zero ? Math.max(0, (position - 0.04) / 0.96) : position;
            double value = log ? low * Math.pow(high / low, share) : low + share * (high - low);
            if (whole) {
                return Math.pow(2, Math.round(Math.log(value) / Math.log(2)));
            }
            return Math.clamp(rounded(value), low, high);
        }

        /// Whether a typed number can be had.
        boolean accepts(double value) {
            return (zero && value == 0)
                    || (value >= least && value <= most && (!whole || value == Math.rint(value)));
        }

        String range() {
            return (whole ? "a whole number from " : "a number from ")
                    + text(least)
                    + " to "
                    + text(most)
                    + (zero && least > 0 ? ", or 0" : "");
        }

        /// What one press of an arrow key moves the slider: a power of two where only those are
        /// meant.
        double notch() {
            return whole ? Math.log(2) / Math.log(high / low) : 0.02;
        }

        private double rounded(double value) {
            double digit = log ? Math.pow(10, Math.floor(Math.log10(value)) - 1) : 0.01;
            return Double.parseDouble(
                    Numbers.significant(Math.round(value / digit) * digit, 4).replace(",", ""));
        }
    }

    /// Digits that the field has room for, with sign and point.
    private static final int ROOM = 7;

    final Label name;
    final Slider slider = new Slider(0, 1, 0);
    final TextField field = new TextField();
    private final Gauge gauge;
    private final DoubleConsumer turned;
    private final Runnable released;
    private final Consumer<String> refused;
    private final boolean onRelease;
    private double shown = Double.NaN;
    private double latest = Double.NaN;
    private boolean showing;

    /// Whether someone is at the field and may be about to type.
    private boolean typing;

    /// @param onRelease whether dragging waits for its end, because a turn is costly
    /// @param refused told in one line why what was typed cannot be had
    Dial(
            String name,
            String tip,
            Gauge gauge,
            boolean onRelease,
            DoubleConsumer turned,
            Runnable released,
            Consumer<String> refused) {
        this.name = new Label(name);
        this.gauge = gauge;
        this.turned = turned;
        this.released = released;
        this.refused = refused;
        this.onRelease = onRelease;
        this.name.setLabelFor(field);
        slider.setAccessibleText(name);
        field.setAccessibleText(name);
        field.getStyleClass().add("dial-field");
        field.setPrefColumnCount(6);
        slider.setBlockIncrement(gauge.notch());
        field.setTooltip(new Tooltip(tip + "\nType " + gauge.range()));
        Tooltip tooltip = new Tooltip(tip);
        this.name.setTooltip(tooltip);
        slider.setTooltip(tooltip);
        slider.valueProperty().subscribe((_, now) -> slid(now.doubleValue()));
        slider.valueChangingProperty()
                .subscribe((_, changing) -> {
                    if (!changing && onRelease) {
                        slid(slider.getValue());
                    }
                    if (!changing) {
                        released.run();
                    }
                });
        ControlKeys.undoPast(field);
        field.setOnAction(_ -> typed());
        field.addEventFilter(KeyEvent.KEY_PRESSED, e -> typing = !e.isShortcutDown());
        field.addEventFilter(MouseEvent.MOUSE_PRESSED, _ -> typing = true);
        field.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ESCAPE && !field.getText().equals(text(shown))) {
                field.setText(text(shown));
                field.selectAll();
                e.consume();
            }
        });
        field.focusedProperty()
                .subscribe((_, focused) -> {
                    typing = focused;
                    if (!focused) {
                        typed();
                        if (!Double.isNaN(latest)) {
                            show(latest);
                        }
                    }
                });
    }

    /// Shows a value that came from elsewhere, once no hand is on the dial.
    void show(double value) {
        latest = value;
        boolean written = field.isFocused() && (typing || !field.getText().equals(text(shown)));
        if (value == shown || slider.isValueChanging() || written) {
            return;
        }
        // What nobody could tell apart is not laid out again: a schedule moves at every step.
        boolean alike = text(value).equals(field.getText());
        shown = value;
        if (!alike) {
            showing = true;
            slider.setValue(gauge.position(value));
            field.setText(text(value));
            showing = false;
        }
    }

    /// Shows or hides the dial.
    void offer(boolean offered) {
        List.of(name, slider, field)
                .forEach(part -> {
                    part.setVisible(offered);
                    part.setManaged(offered);
                });
    }

    private void slid(double position) {
        if (showing) {
            return;
        }
        double value = gauge.value(position);
        field.setText(text(value));
        if (value != shown && !(onRelease && slider.isValueChanging())) {
            shown = value;
            latest = value;
            turned.accept(value);
            if (!slider.isValueChanging()) {
                released.run();
            }
        }
    }

    private void typed() {
        typing = false;
        String words = field.getText().trim();
        if (words.equals(text(shown))) {
            return;
        }
        OptionalDouble value = TypedNumbers.of(words);
        if (value.isPresent() && gauge.accepts(value.getAsDouble())) {
            turn(value.getAsDouble());
            // As the dial writes it; and undo in the field is at its end.
            field.setText(text(shown));
            return;
        }
        field.setText(text(shown));
        refused.accept(
                name.getText()
                        + (words.isEmpty() ? " cannot be empty" : " cannot be “" + words + "”")
                        + ": type "
                        + gauge.range());
    }

    private void turn(double value) {
        if (value != shown) {
            shown = value;
            latest = value;
            showing = true;
            slider.setValue(gauge.position(value));
            showing = false;
            turned.accept(value);
            released.run();
        }
    }

    /// All digits of a number that somebody typed, three of one that a schedule has.
    private static String text(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e6) {
            return Long.toString((long) value);
        }
        String exact = Numbers.significant(value, 6);
        return exact.length() <= ROOM ? exact : Numbers.significant(value, 3);
    }
}
