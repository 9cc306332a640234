package org.skiplab.app.data;

import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.image.ImageView;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.theme.AppStyles;
import org.skiplab.engine.data.look.Overlap;

/// Test images that are training images as well.
final class TwinsView extends VBox {

    private static final double SIDE = 64;
    private static final int MOST = 200;

    private final Label verdict = new Label();
    private final FontIcon icon = new FontIcon();
    private final FlowPane pairs = new FlowPane();

    TwinsView(DataViewModel data) {
        verdict.setId("data-overlap");
        verdict.getStyleClass().add(AppStyles.STRONG);
        verdict.setWrapText(true);
        HBox head = new HBox(icon, verdict);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("data-verdict");
        Label why =
                new Label(
                        "Compared byte by byte. A network has seen the answers to such images, so"
                                + " they make its test accuracy look better than it is.");
        why.setWrapText(true);
        why.getStyleClass().add(AppStyles.MUTED);
        pairs.getStyleClass().add("data-means");
        ScrollPane scroll = new ScrollPane(pairs);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("panel-scroll");
        scroll.setAccessibleText("Test images beside the training images that equal them");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(head, why, scroll);
        getStyleClass().add("data-pixels");
        data.shownProperty().subscribe(this::show);
    }

    private void show(Optional<Surveyed> shown) {
        pairs.getChildren().clear();
        if (shown.isEmpty()) {
            verdict.setText("");
            return;
        }
        Surveyed s = shown.get();
        Overlap overlap = s.overlap();
        int tests = s.data().test().size();
        boolean clean = overlap.count() == 0;
        icon.setIconLiteral(clean ? "mdal-check_circle_outline" : "mdmz-warning");
        icon.getStyleClass().setAll("ikonli-font-icon", clean ? "good" : "doubtful");
        verdict.setText(
                clean
                        ? "None of the "
                                + Numbers.count(tests)
                                + " test images is also a training image"
                        : Numbers.count(overlap.count())
                                + " of the "
                                + Numbers.count(tests)
                                + " test images are also training images ("
                                + Numbers.percent((double) overlap.count() / tests)
                                + ")");
        overlap.twins().stream().limit(MOST).forEach(t -> pairs.getChildren().add(pair(s, t)));
    }

    private static VBox pair(Surveyed s, Overlap.Twin twin) {
        String name = s.data().classNames().get(s.data().test().label(twin.test()));
        ImageView image =
                new ImageView(
                        Swatches.enlarged(s.image(Part.TEST, twin.test()), s.data().shape(), SIDE));
        image.setFitHeight(SIDE);
        image.setPreserveRatio(true);
        image.setSmooth(false);
        Label where = new Label("test " + (twin.test() + 1) + " = training " + (twin.train() + 1));
        where.getStyleClass().addAll(AppStyles.SMALL, AppStyles.MUTED);
        String other = s.data().classNames().get(s.data().train().label(twin.train()));
        Label label = new Label(twin.sameLabel() ? name : name + ", but in training " + other);
        label.getStyleClass().add(AppStyles.SMALL);
        image.setAccessibleText(where.getText() + ", " + label.getText());
        VBox box = new VBox(image, label, where);
        box.setAlignment(Pos.TOP_CENTER);
        box.getStyleClass().add("data-mean");
        return box;
    }
}
