package org.skiplab.app.symptom;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.skiplab.app.insight.Controls;
import org.skiplab.app.insight.InsightHead;
import org.skiplab.app.insight.InsightView;
import org.skiplab.app.training.Surroundings;
import org.skiplab.app.training.TrainingViewModel;

/// What the rules find in the run: a card per symptom, then the rules that found nothing or have
/// too little to judge by.
public final class SymptomView implements InsightView {

    private static final InsightHead HEAD =
            new InsightHead(
                    "Symptoms",
                    "mdal-local_hospital",
                    "Fixed rules over what was measured: where, by which numbers, and what the papers say.",
                    "",
                    "");

    private static final int MOST_NAMES = 6;

    private final TrainingViewModel model;
    private final Surroundings surroundings;
    private final VBox cards = new VBox();
    private final ScrollPane node = new ScrollPane(cards);
    private final Controls controls = new Controls(6);
    private final Label count = new Label();
    private List<Signals.Finding> shown = List.of();

    public SymptomView(TrainingViewModel model, Surroundings surroundings) {
        this.model = model;
        this.surroundings = surroundings;
        cards.getStyleClass().add("symptoms");
        cards.setId("symptoms");
        node.setFitToWidth(true);
        node.setMinHeight(0);
        node.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        node.getStyleClass().add("symptoms-scroll");
        controls.getChildren().add(count);
        update();
    }

    @Override
    public InsightHead head() {
        Rule first = foremost(shown);
        return HEAD.with(first.formula(), first.source(), first.address());
    }

    /// Whose formula and source stand in the head: the first rule's that found something, or the
    /// first one's of all.
    static Rule foremost(List<Signals.Finding> findings) {
        for (int i = 0; i < findings.size(); i++) {
            if (findings.get(i) instanceof Signals.Finding.Found) {
                return Rule.values()[i];
            }
        }
        return Rule.values()[0];
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public Node controls() {
        return controls;
    }

    @Override
    public void update() {
        boolean session = model.telemetryProperty().get().isPresent();
        Signals signals =
                new Signals(
                        session ? model.opened() : model.plan().network(),
                        model.telemetryProperty().get());
        List<Signals.Finding> findings = new ArrayList<>();
        for (Rule rule : Rule.values()) {
            findings.add(rule.judge(signals));
        }
        if (!findings.equals(shown)) {
            shown = findings;
            show();
        }
    }

    private void show() {
        cards.getChildren().clear();
        List<Rule> clear = new ArrayList<>();
        List<Rule> open = new ArrayList<>();
        Optional<String> until = Optional.empty();
        int found = 0;
        for (int i = 0; i < shown.size(); i++) {
            Rule rule = Rule.values()[i];
            switch (shown.get(i)) {
                case Signals.Finding.Found(Symptom symptom) -> {
                    cards.getChildren().add(card(symptom));
                    found++;
                }
                case Signals.Finding.Clear _ -> clear.add(rule);
                case Signals.Finding.Open(String what) -> {
                    open.add(rule);
                    until = Optional.of(what);
                }
            }
        }
        count.setText(
                found == 0
                        ? until.isPresent() ? "none yet" : "none"
                        : found + (found == 1 ? " symptom" : " symptoms"));
        if (!clear.isEmpty()) {
            rest("mdal-check_circle_outline", "Looked for, not found", clear);
        }
        if (!open.isEmpty()) {
            rest(
                    "mdal-hourglass_empty",
                    "Not to be judged until " + until.orElse("it trains"),
                    open);
        }
    }

    private Node card(Symptom symptom) {
        Rule rule = symptom.rule();
        Label title = new Label(rule.title(), new FontIcon("mdmz-warning"));
        title.getStyleClass().add("symptom-title");
        title.setWrapText(true);
        title.setMinWidth(0);
        Label where = new Label(names(symptom.blocks()));
        where.getStyleClass().add("symptom-blocks");
        where.setWrapText(true);
        where.setMinWidth(0);
        HBox.setHgrow(where, Priority.ALWAYS);
        HBox head = new HBox(10, title, where);
        head.setAlignment(Pos.BASELINE_LEFT);
        Label evidence = new Label(symptom.evidence());
        evidence.setWrapText(true);
        evidence.getStyleClass().add("symptom-evidence");
        Label sentence = new Label(rule.sentence());
        sentence.setWrapText(true);
        sentence.getStyleClass().add("symptom-sentence");
        HBox.setHgrow(sentence, Priority.ALWAYS);
        sentence.setMaxWidth(Double.MAX_VALUE);
        HBox foot = new HBox(10, sentence, formula(rule), source(rule));
        foot.setAlignment(Pos.TOP_LEFT);
        VBox card = new VBox(head, evidence, foot);
        card.getStyleClass().add("symptom");
        card.setMinHeight(Region.USE_PREF_SIZE);
        return card;
    }

    private static String names(List<String> blocks) {
        if (blocks.isEmpty()) {
            return "the network as a whole";
        }
        String first = blocks.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return blocks.size() <= MOST_NAMES
                ? first
                : first + " and " + (blocks.size() - MOST_NAMES) + " more";
    }

    private Hyperlink source(Rule rule) {
        Hyperlink source = new Hyperlink(rule.source());
        source.setMinWidth(Region.USE_PREF_SIZE);
        source.setTooltip(new Tooltip(rule.address()));
        source.setOnAction(_ -> surroundings.browse(rule.address()));
        return source;
    }

    private static Label formula(Rule rule) {
        Label formula = new Label(rule.formula());
        formula.getStyleClass().add("formula");
        formula.setMinWidth(Region.USE_PREF_SIZE);
        return formula;
    }

    /// Rules that have no card, one below the other.
    private void rest(String icon, String title, List<Rule> rules) {
        Label heading = new Label(title, new FontIcon(icon));
        heading.getStyleClass().add("fact-heading");
        GridPane table = new GridPane();
        table.getStyleClass().addAll("fact-table", "symptom-rest");
        table.add(heading, 0, 0, 3, 1);
        for (Rule rule : rules) {
            Label name = new Label(rule.title());
            name.setTooltip(new Tooltip(rule.sentence()));
            name.setWrapText(true);
            table.addRow(table.getRowCount(), name, formula(rule), source(rule));
        }
        cards.getChildren().add(table);
    }

    @Override
    public void refresh() {}
}
