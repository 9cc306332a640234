package org.skiplab.app.plot;

import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import javafx.css.CssMetaData;
import javafx.css.Styleable;
import javafx.css.StyleableObjectProperty;
import javafx.css.StyleableProperty;
import javafx.css.StyleablePropertyFactory;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.fx.Pictures;

/// Shows a [Figure] on a canvas of its own. [#refresh] redraws it, and only if it changed and can
/// be seen.
///
/// Wheel zooms, dragging pans, double click shows everything again; with the keyboard `+`, `-` and
/// `0` or Escape; arrows move the readout, with Shift ten times as far, and Enter chooses what is
/// there. Colours come from the style sheet (`-plot-…`).
public final class PlotPane extends Region {

    private static final double CLICK = 3;
    private static final StyleablePropertyFactory<PlotPane> CSS =
            new StyleablePropertyFactory<>(Region.getClassCssMetaData());

    private final Figure figure;
    private final BiConsumer<PlotPane, FigureFile> save;
    private final Canvas canvas = new Canvas();

    /// Shows over the picture that the keyboard is here; around it, neighbours would cover it.
    private final Region ring = new Region();

    private final StyleableProperty<Color> background =
            colour("-plot-background", p -> p.background, Color.WHITE);
    private final StyleableProperty<Color> foreground =
            colour("-plot-foreground", p -> p.foreground, Color.BLACK);
    private final StyleableProperty<Color> muted = colour("-plot-muted", p -> p.muted, Color.GRAY);
    private final StyleableProperty<Color> grid =
            colour("-plot-grid", p -> p.grid, Color.LIGHTGRAY);
    private final StyleableProperty<Color> train = colour("-plot-train", p -> p.train, Color.BLUE);
    private final StyleableProperty<Color> test = colour("-plot-test", p -> p.test, Color.ORANGE);
    private final StyleableProperty<Color> setting =
            colour("-plot-setting", p -> p.setting, Color.GREEN);
    private final StyleableProperty<Color> alarm = colour("-plot-alarm", p -> p.alarm, Color.RED);
    private final StyleableProperty<Font> font =
            CSS.createStyleableFontProperty(
                    this, "font", "-fx-font", p -> p.font, Font.getDefault());

    private @Nullable Palette palette;
    private @Nullable CanvasSurface surface;
    private long drawn = -1;
    private boolean stale = true;
    private double pressedX;
    private double lastX;
    private boolean dragged;

    /// @param save asked to write the figure to a file that a person chooses
    public PlotPane(Figure figure, BiConsumer<PlotPane, FigureFile> save) {
        this.figure = figure;
        this.save = save;
        getStyleClass().add("plot");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleText(figure.title());
        canvas.setManaged(false);
        ring.getStyleClass().add("plot-ring");
        ring.setMouseTransparent(true);
        ring.setManaged(false);
        getChildren().addAll(canvas, ring);
        setMinSize(60, 30);
        for (StyleableProperty<?> property :
                List.of(background, foreground, muted, grid, train, test, setting, alarm, font)) {
            ((StyleableObjectProperty<?>) property).addListener(_ -> restyle());
        }
        pointer();
        setOnKeyPressed(this::key);
        focusedProperty()
                .addListener((_, _, now) -> {
                    if (!now) {
                        figure.leave();
                    }
                });
        ContextMenu menu = new ContextMenu();
        setOnContextMenuRequested(e -> {
            menu.getItems().setAll(saves());
            menu.show(this, e.getScreenX(), e.getScreenY());
        });
        setOnMousePressed(e -> {
            menu.hide();
            press(e);
        });
    }

    /// What the figure can be saved as; or why there is nothing to save.
    public List<MenuItem> saves() {
        if (figure.blank()) {
            MenuItem nothing = new MenuItem(figure.summary());
            nothing.setDisable(true);
            return List.of(nothing);
        }
        return Stream.of(FigureFile.values()).map(this::save).toList();
    }

    private MenuItem save(FigureFile kind) {
        MenuItem item = new MenuItem(figure.title() + " as " + kind.title() + " …");
        item.setOnAction(_ -> save.accept(this, kind));
        return item;
    }

    public Figure figure() {
        return figure;
    }

    /// The colours of the style sheet at the moment.
    public Palette palette() {
        Palette p = palette;
        if (p == null) {
            Font f = font.getValue();
            p =
                    new Palette(
                            background.getValue(),
                            foreground.getValue(),
                            muted.getValue(),
                            grid.getValue(),
                            train.getValue(),
                            test.getValue(),
                            setting.getValue(),
                            alarm.getValue(),
                            ColourScale.VIRIDIS,
                            f.getFamily(),
                            Math.max(8, Math.round(0.82 * f.getSize())));
            palette = p;
        }
        return p;
    }

    /// Redraws if the figure changed since the last time and the pane can be seen. Call it once a
    /// frame.
    public void refresh() {
        if (stale || figure.revision() != drawn) {
            if (getWidth() >= 1 && getHeight() >= 1 && canBeSeen()) {
                draw();
            }
        }
    }

    private void draw() {
        CanvasSurface on = surface;
        if (on == null) {
            on = new CanvasSurface(canvas.getGraphicsContext2D(), palette().fontFamily());
            surface = on;
        }
        drawn = figure.revision();
        stale = false;
        canvas.getGraphicsContext2D().clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        figure.paint(on, canvas.getWidth(), canvas.getHeight(), palette());
        if (isFocused()) {
            setAccessibleHelp(figure.summary());
        }
    }

    private boolean canBeSeen() {
        if (getScene() == null || !Pictures.isSeen(getScene())) {
            return false;
        }
        for (Node node = this; node != null; node = node.getParent()) {
            if (!node.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private void restyle() {
        palette = null;
        surface = null;
        stale = true;
    }

    @Override
    protected void layoutChildren() {
        ring.resize(getWidth(), getHeight());
        double width = Math.floor(getWidth());
        double height = Math.floor(getHeight());
        if (width != canvas.getWidth() || height != canvas.getHeight()) {
            canvas.setWidth(width);
            canvas.setHeight(height);
            stale = true;
            refresh();
        }
    }

    private void pointer() {
        setOnMouseMoved(e -> figure.hover(e.getX(), e.getY()));
        setOnMouseExited(_ -> figure.leave());
        setOnMouseDragged(e -> {
            if (Math.abs(e.getX() - pressedX) > CLICK) {
                dragged = true;
            }
            if (dragged) {
                figure.drag(e.getX(), e.getX() - lastX);
                lastX = e.getX();
            }
        });
        setOnMouseReleased(e -> {
            if (dragged) {
                figure.release();
            } else if (e.getButton() == MouseButton.PRIMARY) {
                if (e.getClickCount() == 2) {
                    figure.reset();
                } else {
                    figure.click(e.getX(), e.getY());
                }
            }
        });
        addEventHandler(
                ScrollEvent.SCROLL,
                e -> {
                    double amount = e.getDeltaY() != 0 ? e.getDeltaY() : 0;
                    if (amount != 0) {
                        figure.zoom(e.getX(), e.getY(), Math.pow(1.0025, amount));
                    }
                    if (e.getDeltaX() != 0) {
                        figure.drag(e.getX(), e.getDeltaX());
                    }
                    e.consume();
                });
    }

    private void press(MouseEvent e) {
        requestFocus();
        pressedX = e.getX();
        lastX = e.getX();
        dragged = false;
        figure.press(e.getX(), e.getY());
        // A tab pane would take the keyboard away to its tabs.
        e.consume();
    }

    private void key(KeyEvent e) {
        int far = e.isShiftDown() ? 10 : 1;
        boolean used = true;
        switch (e.getCode()) {
            case LEFT -> figure.move(-far, 0);
            case RIGHT -> figure.move(far, 0);
            case UP -> figure.move(0, -far);
            case DOWN -> figure.move(0, far);
            case ENTER -> figure.enter();
            case PLUS, EQUALS, ADD -> figure.zoom(getWidth() / 2, getHeight() / 2, 1.5);
            case MINUS, SUBTRACT -> figure.zoom(getWidth() / 2, getHeight() / 2, 1 / 1.5);
            case DIGIT0, NUMPAD0, ESCAPE -> {
                figure.reset();
                figure.leave();
            }
            default -> used = false;
        }
        if (used) {
            e.consume();
        }
    }

    private StyleableProperty<Color> colour(
            String css,
            java.util.function.Function<PlotPane, StyleableProperty<Color>> property,
            Color initial) {
        return CSS.createStyleableColorProperty(this, css.substring(1), css, property, initial);
    }

    @Override
    public String getUserAgentStylesheet() {
        return Objects.requireNonNull(PlotPane.class.getResource("plot.css")).toExternalForm();
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        return CSS.getCssMetaData();
    }
}
