package org.skiplab.app.fx;

import java.math.BigDecimal;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.regex.Pattern;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory;
import javafx.util.StringConverter;

/// Numbers as people type them, and spinners that take them: what is no number changes nothing,
/// what is out of range becomes the nearest that is not. JavaFX's own spinners throw.
public final class TypedNumbers {
    private TypedNumbers() {}

    private static final Pattern GROUPED = Pattern.compile("-?[1-9]\\d{0,2}(,\\d{3})+(\\.\\d*)?");

    /// What people write as a number: with a point or a comma before the decimals, in groups of
    /// three or not; empty if it is none.
    public static OptionalDouble of(String words) {
        String trimmed = words.strip();
        boolean oneComma =
                trimmed.indexOf(',') >= 0
                        && trimmed.indexOf(',') == trimmed.lastIndexOf(',')
                        && trimmed.indexOf('.') < 0;
        String plain =
                GROUPED.matcher(trimmed).matches()
                        ? trimmed.replace(",", "")
                        : oneComma ? trimmed.replace(',', '.') : trimmed;
        try {
            double number = Double.parseDouble(plain);
            return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
        } catch (NumberFormatException _) {
            return OptionalDouble.empty();
        }
    }

    /// A spinner over whole numbers.
    public static Spinner<Integer> whole(int least, int most, int now) {
        Spinner<Integer> spinner = new Spinner<>(least, most, now);
        return typed(
                spinner,
                d -> d == Math.rint(d) ? (int) Math.clamp(d, least, most) : spinner.getValue());
    }

    /// A spinner over numbers.
    ///
    /// @param step of its arrows
    public static Spinner<Double> real(double least, double most, double now, double step) {
        return typed(
                new Spinner<>(
                        new SpinnerValueFactory.DoubleSpinnerValueFactory(least, most, now, step)),
                d -> Math.clamp(d, least, most));
    }

    private static <T extends Number> Spinner<T> typed(
            Spinner<T> spinner, DoubleFunction<T> value) {
        SpinnerValueFactory<T> values = spinner.getValueFactory();
        values.setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(T number) {
                        return number == null
                                ? ""
                                : new BigDecimal(number.toString())
                                        .stripTrailingZeros()
                                        .toPlainString();
                    }

                    @Override
                    public T fromString(String words) {
                        OptionalDouble typed = of(words);
                        T next =
                                typed.isPresent()
                                        ? value.apply(typed.getAsDouble())
                                        : values.getValue();
                        // A value that stays does not tell the editor.
                        spinner.getEditor().setText(toString(next));
                        return next;
                    }
                });
        spinner.setEditable(true);
        ControlKeys.undoPast(spinner.getEditor());
        spinner.getEditor().setText(values.getConverter().toString(values.getValue()));
        return spinner;
    }
}
