package org.skiplab.app.canvas;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.skiplab.app.diagram.Card;
import org.skiplab.app.diagram.CardText;
import org.skiplab.app.diagram.Scenery;
import org.skiplab.app.diagram.layout.Box;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.text.Quantity;
import org.skiplab.app.theme.AppStyles;
import org.skiplab.app.theme.Glyphs;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Problem;

/// A card: glyph, title and key settings of a block, its arc or fan, its gate's lamps, and a badge
/// when it is at fault.
final class CardView extends Pane {

    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    private static final PseudoClass FAULTY = PseudoClass.getPseudoClass("faulty");
    private static final PseudoClass TARGET = PseudoClass.getPseudoClass("target");
    private static final PseudoClass REFUSING = PseudoClass.getPseudoClass("refusing");
    private static final PseudoClass SKIPPED = PseudoClass.getPseudoClass("skipped");
    private static final PseudoClass LIFTED = PseudoClass.getPseudoClass("lifted");

    private static final double HEADER = 36;
    private static final double STACK_STEP = 4;
    private static final double STACK_INSET = 5;

    private final Card card;
    private final double width;
    private final double height;
    private final Circle outPort = new Circle(5.5);
    private final Label badge = new Label();
    private @Nullable Lamps lamps;

    CardView(Card card, Scenery scenery) {
        this.card = card;
        Box box = scenery.box(card);
        width = box.width();
        height = box.height();
        setPrefSize(width, height);
        setPickOnBounds(false);
        setId("card-" + card.id());
        setAccessibleRole(AccessibleRole.BUTTON);
        getStyleClass().add("card");
        if (card.isImage()) {
            buildImage(scenery.analysis().network());
        } else {
            getStyleClass().add(AppStyles.kind(card.block().kind()));
            Node bypass = BypassView.of(scenery.bypass(card), width, height);
            bypass.setMouseTransparent(true);
            getChildren().add(bypass);
            boolean round = width == Scenery.MERGE_SIZE;
            if (round) {
                buildMerge();
            } else {
                buildBlock(scenery);
            }
            buildBadge();
        }
        outPort.getStyleClass().add("port");
        outPort.setCenterX(width + 2);
        outPort.setCenterY(height / 2);
        outPort.setVisible(false);
        getChildren().add(outPort);
        setOnMouseEntered(_ -> outPort.setVisible(true));
        setOnMouseExited(_ -> outPort.setVisible(false));
        describe(scenery);
        explain(scenery);
    }

    Card card() {
        return card;
    }

    /// The handle from which a wire can be pulled.
    Node outPort() {
        return outPort;
    }

    void showSelected(boolean on) {
        pseudoClassStateChanged(SELECTED, on);
    }

    void showTarget(boolean on, boolean refusing) {
        pseudoClassStateChanged(TARGET, on && !refusing);
        pseudoClassStateChanged(REFUSING, on && refusing);
    }

    void showLifted(boolean on) {
        pseudoClassStateChanged(LIFTED, on);
    }

    void showProblem(Optional<Problem> problem) {
        pseudoClassStateChanged(FAULTY, problem.isPresent());
        badge.setVisible(problem.isPresent());
        if (problem.isPresent()) {
            setAccessibleHelp(problem.get().why() + "; " + problem.get().fix());
        }
    }

    /// @param ran ids of the gated blocks that ran in the newest mini-batch, empty when nothing is
    ///   training
    void showRan(Optional<Set<String>> ran) {
        if (lamps != null) {
            lamps.show(ran);
            boolean skipped = ran.isPresent() && card.ids().stream().noneMatch(ran.get()::contains);
            pseudoClassStateChanged(SKIPPED, skipped);
        }
    }

    private void buildImage(Network network) {
        getStyleClass().add("kind-end");
        Region frame = new Region();
        frame.getStyleClass().addAll("card-frame", "card-image");
        place(frame, 0, 0, width, height);
        Node glyph = Glyphs.image(28);
        glyph.relocate((width - 28) / 2, 9);
        Label title = new Label("Image");
        title.getStyleClass().add("card-title");
        title.setAlignment(Pos.CENTER);
        place(title, 0, 38, width, 18);
        getChildren().addAll(frame, glyph, title);
    }

    private void buildMerge() {
        Region frame = new Region();
        frame.getStyleClass().addAll("card-frame", "card-merge");
        place(frame, 0, 0, width, height);
        Node glyph = Glyphs.of(card.block().kind(), 22);
        glyph.relocate((width - 22) / 2, (height - 22) / 2);
        getChildren().addAll(frame, glyph);
    }

    private void buildBlock(Scenery scenery) {
        if (card.isRun()) {
            for (int i = 2; i >= 1; i--) {
                Region back = new Region();
                back.getStyleClass().addAll("card-frame", "card-back");
                double inset = i * STACK_INSET;
                place(back, inset, i * STACK_STEP, width - 2 * inset, height);
                getChildren().add(back);
            }
        }
        Region frame = new Region();
        frame.getStyleClass().add("card-frame");
        place(frame, 0, 0, width, height);
        boolean small = height < Scenery.CARD_HEIGHT;
        double header = small ? 24 : HEADER;
        Region head = new Region();
        head.getStyleClass().add("card-header");
        place(head, 1, 1, width - 2, header);
        double glyphSize = small ? 18 : 28;
        Node glyph = Glyphs.of(card.block(), glyphSize);
        glyph.getStyleClass().add("card-glyph");
        glyph.relocate((width - glyphSize) / 2, 1 + (header - glyphSize) / 2);

        CardText text = CardText.of(card.block());
        VBox words = new VBox();
        words.getStyleClass().add("card-words");
        words.setAlignment(Pos.CENTER);
        Label title = new Label(text.title());
        title.getStyleClass().add("card-title");
        words.getChildren().add(title);
        for (String line : text.settings()) {
            Label label = new Label(line);
            label.getStyleClass().add(words.getChildren().size() == 1 ? "card-key" : "card-line");
            words.getChildren().add(label);
        }
        Map<String, Double> survival = scenery.survival();
        List<String> gated = card.ids().stream().filter(survival::containsKey).toList();
        double footer = gated.isEmpty() ? 0 : Scenery.GATE_HEIGHT;
        place(words, 2, header, width - 4, height - header - footer - 1);
        getChildren().addAll(frame, head, glyph, words);
        if (!gated.isEmpty()) {
            Lamps row = new Lamps(gated, survival, width - 2);
            row.node().relocate(1, height - Scenery.GATE_HEIGHT);
            getChildren().add(row.node());
            lamps = row;
        }
        if (card.isRun()) {
            Label count = new Label("×" + card.nodes().size());
            count.getStyleClass().add("run-count");
            count.setId("unfold-" + card.id());
            place(count, width - 30, -9, 42, 20);
            getChildren().add(count);
        }
    }

    private void buildBadge() {
        badge.getStyleClass().add("fault-badge");
        badge.setGraphic(new FontIcon("mdmz-priority_high"));
        place(badge, -10, -10, 22, 22);
        badge.setVisible(false);
        getChildren().add(badge);
    }

    private void describe(Scenery scenery) {
        String shape =
                scenery.analysis()
                        .shape(card.last())
                        .map(s -> ", output " + s)
                        .orElse(", output unknown");
        setAccessibleText(
                card.isImage()
                        ? "Image" + shape
                        : card.block().kind().title()
                                + " "
                                + card.name()
                                + ", "
                                + String.join(", ", CardText.of(card.block()).settings())
                                + shape);
    }

    /// What the pointer learns when it rests on the card.
    private void explain(Scenery scenery) {
        StringBuilder text = new StringBuilder(card.isImage() ? "Image" : card.name());
        scenery.analysis().shape(card.last()).ifPresent(s -> text.append("\nputs out ").append(s));
        if (!card.isImage()) {
            long parameters = 0;
            long macs = 0;
            for (String id : card.ids()) {
                Optional<Analysis.Facts> facts = scenery.analysis().facts(id);
                parameters += facts.map(Analysis.Facts::parameters).orElse(0L);
                macs += facts.map(Analysis.Facts::macs).orElse(0L);
            }
            text.append("\n").append(Numbers.count(parameters)).append(" parameters, ");
            text.append(Quantity.brief(macs)).append(" MACs");
        }
        Tooltip.install(this, new Tooltip(text.toString()));
    }

    private static void place(Region region, double x, double y, double w, double h) {
        region.setMinSize(w, h);
        region.setPrefSize(w, h);
        region.setMaxSize(w, h);
        region.relocate(x, y);
    }
}
