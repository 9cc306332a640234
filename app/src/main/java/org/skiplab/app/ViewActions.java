package org.skiplab.app;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import org.skiplab.app.canvas.CanvasView;
import org.skiplab.app.canvas.CanvasViewModel;
import org.skiplab.app.canvas.Colouring;
import org.skiplab.app.canvas.Viewport;
import org.skiplab.app.command.Action;
import org.skiplab.app.settings.AppSettings;
import org.skiplab.app.theme.Theme;
import org.skiplab.app.theme.ThemeChoice;

/// The commands of the menu View, which change what is shown of the network and of the window.
final class ViewActions {

    private final CanvasViewModel canvas;
    private final AppSettings settings;

    ViewActions(Workbench bench) {
        this.canvas = bench.canvas();
        this.settings = bench.settings();
    }

    List<Action> zoom(CanvasView view) {
        return List.of(
                Action.of("view.fit", "Fit", "Shortcut+DIGIT0", "mdmz-zoom_out_map", view::fit),
                Action.of(
                        "view.fit-selection",
                        "Zoom to selection",
                        "Shortcut+DIGIT9",
                        "mdal-center_focus_weak",
                        view::fitSelection),
                Action.of(
                        "view.zoom-in",
                        "Zoom in",
                        "Shortcut+EQUALS",
                        "mdmz-zoom_in",
                        () -> view.zoom(Viewport.STEP)),
                Action.of(
                        "view.zoom-out",
                        "Zoom out",
                        "Shortcut+MINUS",
                        "mdmz-zoom_out",
                        () -> view.zoom(1 / Viewport.STEP)));
    }

    List<Action> folds() {
        return List.of(
                Action.of(
                        "view.fold-all",
                        "Fold all identical blocks",
                        "Shortcut+Shift+F",
                        "mdmz-unfold_less",
                        () -> canvas.foldAll(true)),
                Action.of(
                        "view.unfold-all",
                        "Unfold all blocks",
                        "Shortcut+Shift+U",
                        "mdmz-unfold_more",
                        () -> canvas.foldAll(false)));
    }

    Action labels() {
        return new Action(
                "view.wire-labels",
                title(
                        Bindings.when(canvas.labelsProperty())
                                .then("Shapes only on the wire under the pointer")
                                .otherwise("Shapes on every wire")),
                "Shortcut+L",
                "mdal-label",
                always(),
                () -> canvas.labelsProperty().set(!canvas.labelsProperty().get()));
    }

    List<Action> colours() {
        List<Action> actions = new ArrayList<>();
        for (Colouring colouring : Colouring.values()) {
            actions.add(
                    Action.of(
                            "view.colour." + colouring.name(),
                            "Colour by " + colouring.word(),
                            "Alt+Shift+" + (colouring.ordinal() + 1),
                            "mdmz-palette",
                            () -> canvas.colours().colouringProperty().set(colouring)));
        }
        return actions;
    }

    List<Action> panels() {
        return List.of(
                new Action(
                        "view.palette",
                        title(
                                settings.paletteShown()
                                        .map(on -> on ? "Hide palette" : "Show palette")),
                        "F7",
                        null,
                        always(),
                        () -> settings.paletteShown().set(!settings.paletteShown().get())),
                new Action(
                        "view.inspector",
                        title(
                                settings.inspectorShown()
                                        .map(on -> on ? "Hide inspector" : "Show inspector")),
                        "F8",
                        null,
                        always(),
                        () -> settings.inspectorShown().set(!settings.inspectorShown().get())),
                new Action(
                        "view.insights",
                        title(
                                settings.insightsShown()
                                        .map(on -> on ? "Hide insights" : "Show insights")),
                        "F9",
                        null,
                        always(),
                        () -> settings.insightsShown().set(!settings.insightsShown().get())));
    }

    List<Action> themes() {
        List<Action> actions = new ArrayList<>();
        for (ThemeChoice choice : ThemeChoice.values()) {
            actions.add(
                    Action.of(
                            "view.theme." + choice.name(),
                            "Theme: " + choice.title(),
                            null,
                            switch (choice) {
                                case SYSTEM -> "mdmz-settings_brightness";
                                case LIGHT -> "mdmz-wb_sunny";
                                case DARK -> "mdmz-nights_stay";
                            },
                            () -> settings.theme().set(choice)));
        }
        return actions;
    }

    List<Action> textSizes() {
        List<Action> actions = new ArrayList<>();
        actions.add(textSize("system", "as the system", AppSettings.SYSTEM_TEXT));
        Theme.TEXT_SIZES.forEach(size -> actions.add(textSize("" + size, size + " %", size)));
        return actions;
    }

    private Action textSize(String id, String title, int size) {
        return Action.of(
                "view.text." + id,
                "Text size: " + title,
                null,
                "mdal-format_size",
                () -> settings.textChoice().set(size));
    }

    private static ObservableBooleanValue always() {
        return new SimpleBooleanProperty(true);
    }

    private static SimpleStringProperty title(ObservableValue<String> text) {
        SimpleStringProperty title = new SimpleStringProperty();
        title.bind(text);
        return title;
    }
}
