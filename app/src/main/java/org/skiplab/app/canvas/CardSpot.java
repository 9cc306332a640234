package org.skiplab.app.canvas;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import org.skiplab.app.diagram.Card;
import org.skiplab.app.diagram.CardText;
import org.skiplab.app.diagram.Scenery;
import org.skiplab.app.diagram.layout.Box;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.text.Quantity;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Problem;

/// The place of a drawn card: what a screen reader says of it, its tooltip, and the port from which
/// a wire is pulled. Draws nothing but the port.
final class CardSpot extends Pane {

    private final Card card;
    private final Circle outPort = new Circle(5.5);
    private boolean explained;

    CardSpot(Card card, Scenery scenery, Changes changes) {
        this.card = card;
        Box box = scenery.box(card);
        setManaged(false);
        setPickOnBounds(false);
        setId("card-" + card.id());
        getStyleClass().add("card");
        setAccessibleRole(AccessibleRole.BUTTON);
        resizeRelocate(box.x(), box.y(), box.width(), box.height());
        Region frame = new Region();
        frame.getStyleClass().add("card-frame");
        frame.setManaged(false);
        frame.setPickOnBounds(true);
        frame.resize(box.width(), box.height());
        outPort.getStyleClass().add("port");
        outPort.setCenterX(box.width() + 2);
        outPort.setCenterY(box.height() / 2);
        outPort.setVisible(false);
        getChildren().addAll(frame, outPort);
        setOnMouseEntered(_ -> {
            outPort.setVisible(true);
            if (!explained) {
                explained = true;
                Tooltip.install(this, new Tooltip(explanation(scenery, changes)));
            }
        });
        setOnMouseExited(_ -> outPort.setVisible(false));
        describe(scenery, changes);
    }

    Card card() {
        return card;
    }

    /// The handle from which a wire can be pulled.
    Node outPort() {
        return outPort;
    }

    /// Whether the card is the same in another picture; then it stands at its new place.
    boolean follows(Scenery scenery, Changes changes) {
        Optional<Card> now = scenery.diagram().card(card.id());
        boolean same =
                now.isPresent()
                        && now.get().equals(card)
                        && !scenery.faulty().contains(card.id())
                        && getAccessibleHelp() == null
                        && !explained
                        && description(card, scenery, changes).equals(getAccessibleText());
        if (same) {
            Box box = scenery.box(card);
            resizeRelocate(box.x(), box.y(), box.width(), box.height());
        }
        return same;
    }

    /// All that the card's picture says, in words.
    static String description(Card card, Scenery scenery, Changes changes) {
        List<String> words = new ArrayList<>();
        if (card.isImage()) {
            words.add("Image");
        } else {
            words.add(card.block().kind().title() + " " + card.name());
            words.addAll(CardText.of(card).settings());
            survival(card, scenery).ifPresent(words::add);
        }
        words.add(
                scenery.analysis()
                        .shape(card.last())
                        .map(s -> "output " + s)
                        .orElse("output unknown"));
        changed(card, changes).ifPresent(words::add);
        return String.join(", ", words);
    }

    private static Optional<String> changed(Card card, Changes changes) {
        return changes.of(card.ids()).map(c -> "since the preset: " + c);
    }

    /// The survival probability of its gated blocks, or from which to which it falls.
    private static Optional<String> survival(Card card, Scenery scenery) {
        DoubleSummaryStatistics p =
                card.ids().stream()
                        .filter(scenery.survival()::containsKey)
                        .mapToDouble(id -> scenery.survival().getOrDefault(id, 1.0))
                        .summaryStatistics();
        if (p.getCount() == 0) {
            return Optional.empty();
        }
        String most = Numbers.plain(p.getMax());
        String least = Numbers.plain(p.getMin());
        return Optional.of(
                "survives with p = " + (most.equals(least) ? most : most + " to " + least));
    }

    private void describe(Scenery scenery, Changes changes) {
        setAccessibleText(description(card, scenery, changes));
        scenery.analysis().problems().stream()
                .filter(p -> scenery.faulty().contains(card.id()) && card.ids().contains(p.node()))
                .findFirst()
                .ifPresent(p -> setAccessibleHelp(sentence(p)));
    }

    private String explanation(Scenery scenery, Changes changes) {
        Analysis analysis = scenery.analysis();
        StringBuilder text = new StringBuilder(card.isImage() ? "Image" : card.name());
        analysis.shape(card.last()).ifPresent(s -> text.append("\nputs out ").append(s));
        if (!card.isImage()) {
            long parameters = 0;
            long macs = 0;
            long activations = 0;
            for (String id : card.ids()) {
                parameters += analysis.facts(id).map(Analysis.Facts::parameters).orElse(0L);
                macs += analysis.facts(id).map(Analysis.Facts::macs).orElse(0L);
                activations += analysis.facts(id).map(Analysis.Facts::activations).orElse(0L);
            }
            text.append("\n").append(Numbers.count(parameters)).append(" parameters, ");
            text.append(Quantity.brief(macs)).append(" MACs");
            text.append("\n").append(Quantity.bytes(4 * activations)).append(" of activations");
            analysis.facts(card.last())
                    .map(Analysis.Facts::receptiveField)
                    .ifPresent(r -> text.append(", sees ").append(r + "×" + r + " px"));
            survival(card, scenery).ifPresent(s -> text.append("\n").append(s));
        }
        changed(card, changes).ifPresent(c -> text.append("\n").append(c));
        return text.toString();
    }

    private static String sentence(Problem problem) {
        return problem.why() + "; " + problem.fix();
    }
}
