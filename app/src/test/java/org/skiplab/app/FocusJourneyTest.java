package org.skiplab.app;

import static java.util.Collections.reverseOrder;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javafx.geometry.Bounds;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.SnapshotParameters;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Spinner;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.skiplab.app.command.Action;
import org.skiplab.app.fx.Background;
import org.skiplab.app.theme.ThemeChoice;
import org.skiplab.app.tour.Unattended;
import org.skiplab.app.training.DataShelf;
import org.skiplab.app.training.EngineTraining;
import org.skiplab.app.training.TrainingPanel;
import org.skiplab.app.training.TrainingStudio;

/// Where the keyboard is can be seen, everywhere in the window.
@SuppressWarnings("NullAway.Init")
class FocusJourneyTest extends WindowJourney {

    /// Pixels that a ring has at the least: that of a check box, say.
    private static final int RING = 40;

    /// Pixels of the ring around a pill, of which its neighbours cover some.
    private static final int VISIBLE = 20;

    /// Looks at a control before it counts as not seen.
    private static final int PATIENCE = 10;

    /// Sum over red, green and blue by which a pixel is another one.
    private static final double CLEAR = 0.15;

    private TrainingStudio studio;

    FocusJourneyTest() {
        super(1000);
    }

    @Override
    Optional<TrainingPanel> training(Workbench bench) {
        studio = StudioWindow.studio(bench);
        new Insights(
                studio,
                studio.model(),
                bench,
                new Unattended(),
                folder.resolve("runs"),
                Background.INLINE,
                new EngineTraining(new DataShelf())::race,
                Background.INLINE);
        return Optional.of(studio);
    }

    @AfterEach
    void closeTraining() {
        hand.fx(() -> {
            studio.close();
            return true;
        });
    }

    private void dress(ThemeChoice theme) {
        hand.fx(() -> {
            fixture.bench.settings().theme().set(theme);
            return true;
        });
        hand.pulse();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void everyKindOfControlShowsThatItHasTheKeyboard(ThemeChoice theme) {
        dress(theme);
        Set<Node> stops = new HashSet<>();
        Set<String> kinds = new HashSet<>();
        List<Node> unseen = new ArrayList<>();
        Node at = next(window.canvas());
        while (stops.add(at)) {
            Node stop = at;
            // A spinner shows it for its field.
            if (!(stop.getParent() instanceof Spinner)
                    && kinds.add(stop.getClass() + " " + stop.getStyleClass())
                    && vanishing(() -> around(stop)) < RING) {
                unseen.add(stop);
            }
            at = next(stop);
        }
        assertThat(stops).hasSizeGreaterThan(50).contains(window.canvas());
        assertThat(unseen).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void theKeyboardGoesThroughEveryInsightFromTopToBottomInSight(ThemeChoice theme) {
        dress(theme);
        List<Action> shows =
                studio.actions().stream().filter(a -> a.id().startsWith("train.show.")).toList();
        assertThat(shows).hasSize(11);
        for (Action show : shows) {
            hand.fx(() -> {
                show.run();
                return true;
            });
            hand.pulse();
            List<Boolean> inHead = new ArrayList<>();
            List<Node> unseen = new ArrayList<>();
            Node before = hand.get(".insight-tabs");
            Node at = next(before);
            while (within(at, "insight-page")) {
                inHead.add(within(at, "view-head"));
                if (!seenBehind(before, at)) {
                    unseen.add(at);
                }
                before = at;
                at = next(before);
            }
            assertThat(inHead).as(show.title().get()).isNotEmpty();
            assertThat(inHead).as(show.title().get()).isSortedAccordingTo(reverseOrder());
            assertThat(unseen).as(show.title().get()).isEmpty();
        }
    }

    /// Whether a ring shows where Tab leads from a control, at the latest when the page has come to
    /// rest.
    private boolean seenBehind(Node before, Node stop) {
        for (int i = 0; i < PATIENCE; i++) {
            assertThat(next(before)).isSameAs(stop);
            hand.pulse();
            if (vanishing(() -> around(stop)) >= VISIBLE) {
                return true;
            }
        }
        return false;
    }

    private static boolean within(Node node, String style) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (n.getStyleClass().contains(style)) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void theBlockAtWhichTheKeyboardIsHasARing(ThemeChoice theme) {
        dress(theme);
        hand.keys(KeyCode.RIGHT);
        hand.keys(KeyCode.RIGHT);
        String left = canvas.selection().current().orElseThrow();
        hand.keys(KeyCode.RIGHT);
        String here = canvas.selection().current().orElseThrow();
        assertThat(here).isNotEqualTo(left);
        card(left);
        card(here);

        assertThat(vanishing(() -> around(here))).isGreaterThan(4 * RING);
        hand.fx(() -> {
            window.focusCanvas();
            return true;
        });
        assertThat(vanishing(() -> around(left))).isZero();
    }

    /// Where Tab leads from a control.
    private Node next(Node control) {
        return hand.fx(() -> {
            control.requestFocus();
            control.requestFocusTraversal(TraversalDirection.NEXT);
            return scene.getFocusOwner();
        });
    }

    /// Clearly changed pixels of a part of the window when the keyboard leaves what has it.
    private int vanishing(Supplier<Rectangle2D> part) {
        hand.pulse();
        Rectangle2D place = hand.fx(part::get);
        WritableImage with = picture(place);
        hand.fx(() -> {
            scene.getRoot().requestFocus();
            return true;
        });
        hand.pulse();
        return difference(with, picture(place));
    }

    private Rectangle2D around(Node node) {
        return grown(node.localToScene(node.getLayoutBounds()), 4);
    }

    private Rectangle2D around(String card) {
        Node frame = scene.getRoot().lookup("#card-" + card).lookup(".card-frame");
        return grown(frame.localToScene(frame.getBoundsInLocal()), 8);
    }

    private Rectangle2D grown(Bounds b, double by) {
        double x = Math.max(0, Math.floor(b.getMinX() - by));
        double y = Math.max(0, Math.floor(b.getMinY() - by));
        double width = Math.min(scene.getWidth(), Math.ceil(b.getMaxX() + by)) - x;
        double height = Math.min(scene.getHeight(), Math.ceil(b.getMaxY() + by)) - y;
        return new Rectangle2D(x, y, Math.max(1, width), Math.max(1, height));
    }

    private WritableImage picture(Rectangle2D part) {
        SnapshotParameters how = new SnapshotParameters();
        how.setViewport(part);
        return hand.fx(() -> scene.getRoot().snapshot(how, null));
    }

    private static int difference(WritableImage one, WritableImage other) {
        PixelReader a = one.getPixelReader();
        PixelReader b = other.getPixelReader();
        int changed = 0;
        for (int y = 0; y < (int) one.getHeight(); y++) {
            for (int x = 0; x < (int) one.getWidth(); x++) {
                if (distance(a.getColor(x, y), b.getColor(x, y)) > CLEAR) {
                    changed++;
                }
            }
        }
        return changed;
    }

    private static double distance(Color a, Color b) {
        return Math.abs(a.getRed() - b.getRed())
                + Math.abs(a.getGreen() - b.getGreen())
                + Math.abs(a.getBlue() - b.getBlue());
    }
}
