package org.skiplab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.Slider;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skiplab.app.document.Dialogs;
import org.skiplab.app.gallery.Entry;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Block;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.edit.Catalogue;

/// Whole networks composed in the real window: built from nothing, turned into others, redesigned
/// and compared.
class BuildJourneyTest extends WindowJourney {

    private static final Shape DIGIT = new Shape(28, 28, 1);

    BuildJourneyTest() {
        super(960);
    }

    @BeforeEach
    void discardWhatIsOpen() {
        fixture.unsaved = Dialogs.Unsaved.DISCARD;
    }

    @Test
    void aWideResidualNetworkIsBuiltFromAnEmptyCanvas() {
        hand.keys(KeyCode.CONTROL, KeyCode.N);
        assertThat(document.network().nodes()).isEmpty();
        Point2D middle = hand.middle(window.canvas());
        hand.drag(item(Catalogue.STEM), middle.subtract(40, 40), middle);
        type("channels", "16");
        tick("normalised", false);
        for (String base : List.of("16", "32", "64")) {
            hand.doubleClick(item(Catalogue.WIDE));
            type("base", base);
            type("widening", "2");
            type("stride", base.equals("16") ? "1" : "2");
        }
        hand.doubleClick(item(Catalogue.HEAD));

        assertThat(blocks(document.network()))
                .isEqualTo(blocks(Presets.get("wrn-10-2").network(DIGIT, 10)));
        assertThat(document.analysis().runnable()).isTrue();
        assertThat(document.analysis().parameters())
                .isEqualTo(Analysis.of(Presets.get("wrn-10-2").network(DIGIT, 10)).parameters());
    }

    @Test
    void aPlainNetworkBecomesResidualByDragging() {
        show("plain-20");
        for (int stage = 1; stage <= 3; stage++) {
            for (int block = 1; block <= 3; block++) {
                Point2D at = card("stage" + stage + "_block" + block);
                hand.drag(item(Catalogue.RESIDUAL_BASIC), at.subtract(10, 10), at);
            }
        }
        hand.keys(KeyCode.ESCAPE);
        Node shortcuts = hand.get("#redesign #setting-shortcut .combo-box");
        hand.fx(() -> {
            shortcuts.requestFocus();
            return true;
        });
        hand.keys(KeyCode.DOWN);
        hand.keys(KeyCode.DOWN);

        Network resnet = Presets.get("resnet-20").network(DIGIT, 10);
        assertThat(document.network().nodes()).isEqualTo(resnet.nodes());
        assertThat(document.undoTitleProperty().get()).startsWith("Undo Redesign");
    }

    @Test
    void aStageIsSelectedAndGated() {
        show("resnet-20");
        hand.click(card("stage2_block1"));
        hand.keys(KeyCode.SHIFT, KeyCode.RIGHT);
        hand.keys(KeyCode.SHIFT, KeyCode.RIGHT);
        hand.keys(KeyCode.G);

        assertThat(document.network().survivalProbabilities())
                .containsOnlyKeys("stage2_block1", "stage2_block2", "stage2_block3");
        assertThat(document.undoTitleProperty().get()).isNotEqualTo("Undo");
    }

    @Test
    void aBottleneckIsBrokenApartAndRewired() {
        show("preact-resnet-11-bottleneck");
        hand.click(card("stage2_block1"));
        hand.keys(KeyCode.CONTROL, KeyCode.B);
        Network apart = document.network();
        assertThat(apart.find("stage2_block1")).isEmpty();
        assertThat(document.analysis().runnable()).isTrue();
        var sum =
                apart.nodes().stream()
                        .filter(n -> n.block() instanceof Primitive.Add)
                        .findFirst()
                        .orElseThrow();
        String branch =
                sum.inputs().stream()
                        .filter(i ->
                                apart.node(i).block() instanceof Primitive.Convolution c
                                        && !i.contains("shortcut"))
                        .findFirst()
                        .orElseThrow();
        hand.click(card(branch));
        hand.keys(KeyCode.CONTROL, KeyCode.DIGIT9);
        hand.settle();
        hand.click(wire(branch, sum.id()));
        hand.keys(KeyCode.DELETE);
        assertThat(document.network().node(sum.id()).inputs()).doesNotContain(branch);
        assertThat(document.analysis().runnable()).isFalse();

        hand.move(card(branch));
        Point2D port = hand.middle(hand.get("#card-" + branch).lookup(".port"));
        hand.drag(port, port.add(15, 6), card(sum.id()));
        assertThat(document.network().node(sum.id()).inputs()).contains(branch);
        assertThat(document.analysis().runnable()).isTrue();
        assertThat(document.analysis().parameters()).isEqualTo(Analysis.of(apart).parameters());
    }

    @Test
    void everythingOnceByKeyboardAlone() {
        hand.keys(KeyCode.CONTROL, KeyCode.N);
        insert("stem");
        insert("residual v1 basic");
        insert("residual v1 basic");
        insert("head");
        assertThat(document.network().nodes()).hasSize(4);
        assertThat(document.analysis().runnable()).isTrue();

        hand.keys(KeyCode.LEFT);
        String second = fixture.bench.canvas().selection().current().orElseThrow();
        assertThat(document.network().node("head").inputs()).containsExactly(second);
        hand.keys(KeyCode.G);
        assertThat(document.network().survivalProbabilities()).containsOnlyKeys(second);
        hand.keys(KeyCode.CONTROL, KeyCode.D);
        assertThat(document.network().nodes()).hasSize(5);
        hand.keys(KeyCode.CONTROL, KeyCode.Z);
        assertThat(document.network().nodes()).hasSize(4);

        Path file = folder.resolve("keys.skiplab");
        fixture.toSave = Optional.of(file);
        hand.keys(KeyCode.CONTROL, KeyCode.S);
        assertThat(file).exists();
        assertThat(document.saved()).contains(document.design());

        hand.keys(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.N);
        assertThat(window.sheets().gallery().isOpen()).isTrue();
        hand.write("wrn 16");
        hand.keys(KeyCode.DOWN);
        hand.keys(KeyCode.RIGHT);
        hand.keys(KeyCode.ENTER);
        assertThat(window.sheets().gallery().isOpen()).isFalse();
        assertThat(document.network()).isEqualTo(Presets.get("wrn-16-2").network(DIGIT, 10));
        assertThat(window.canvas().isFocused()).isTrue();

        hand.keys(KeyCode.F1);
        assertThat(window.sheets().help().isOpen()).isTrue();
        assertThat(hand.get("#help-keys").lookupAll(".number"))
                .map(n -> ((Label) n).getText())
                .contains("Ctrl+K", "F1");
        hand.keys(KeyCode.ESCAPE);
        assertThat(window.sheets().help().isOpen()).isFalse();
        assertThat(window.canvas().isFocused()).isTrue();
    }

    @Test
    void draggingTheDepthRedrawsLiveAndIsOneStep() {
        show("resnet-20");
        Network before = document.network();
        Slider slider = (Slider) hand.get("#redesign").lookup("#setting-depth .slider");
        Point2D thumb = hand.middle(slider.lookup(".thumb"));
        hand.move(thumb);
        hand.press();
        hand.move(thumb.add(30, 0));
        Network during = document.network();
        assertThat(during.nodes()).hasSizeGreaterThan(before.nodes().size());
        assertThat(fixture.bench.canvas().scenery().analysis().network()).isSameAs(during);
        hand.move(thumb.add(60, 0));
        hand.release();

        Network after = document.network();
        assertThat(after.nodes()).hasSizeGreaterThan(during.nodes().size());
        assertThat(after).isEqualTo(Presets.get(after.name()).network(DIGIT, 10));
        hand.keys(KeyCode.CONTROL, KeyCode.Z);
        assertThat(document.network()).isSameAs(before);
    }

    @Test
    void anIllegalDepthOffersTheNearestLegalOnes() {
        show("resnet-20");
        typeIn("#redesign #setting-depth .setting-field", "30");
        assertThat(document.network().name()).isEqualTo("resnet-20");
        hand.click(hand.middle(hand.get("#take-32")));
        assertThat(document.network()).isEqualTo(Presets.get("resnet-32").network(DIGIT, 10));
    }

    @Test
    void twoNetworksAreComparedSideBySide() {
        show("resnet-32");
        hand.keys(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.D);
        assertThat(window.sheets().compare().isOpen()).isTrue();
        assertThat(((Label) hand.get("#compare-summary")).getText()).isEqualTo("No difference");

        hand.fx(() -> {
            window.sheets().compare().with(new Entry.Published(Presets.get("resnet-20")));
            return true;
        });
        hand.pulse();
        assertThat(((Label) hand.get("#compare-summary")).getText()).isEqualTo("6 blocks added");
        assertThat(((ListView<?>) hand.get("#differences")).getItems()).hasSize(6);
        assertThat(hand.get("#compare").lookupAll(".sketch-badge"))
                .map(n -> ((Label) n).getText())
                .allMatch(t -> t.startsWith("+"))
                .isNotEmpty();
        hand.keys(KeyCode.ESCAPE);
        assertThat(window.sheets().compare().isOpen()).isFalse();
    }

    @Test
    void theDesignIsKeptAsAPresetAndOpenedAgain() {
        hand.click(card("stage2_block1"));
        hand.keys(KeyCode.G);
        Network mine = document.network();
        hand.keys(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.N);
        typeIn("#gallery-keep-name", "mine");
        hand.keys(KeyCode.ESCAPE);
        hand.keys(KeyCode.CONTROL, KeyCode.N);
        assertThat(document.network().nodes()).isEmpty();
        hand.click(hand.middle(hand.get("#empty-gallery")));
        hand.write("your preset mine");
        hand.keys(KeyCode.ENTER);
        assertThat(document.network()).isEqualTo(mine.withName("mine"));
    }

    private void show(String preset) {
        hand.fx(() -> {
            document.start(Presets.get(preset).network(DIGIT, 10));
            window.focusCanvas();
            return true;
        });
        hand.settle();
    }

    private void insert(String words) {
        hand.keys(KeyCode.INSERT);
        hand.write(words);
        hand.keys(KeyCode.ENTER);
    }

    private void type(String setting, String value) {
        typeIn("#setting-" + setting + " .setting-field", value);
    }

    private void typeIn(String field, String value) {
        Node node = hand.get(field);
        hand.fx(() -> {
            node.requestFocus();
            return true;
        });
        hand.keys(KeyCode.CONTROL, KeyCode.A);
        hand.write(value);
        hand.keys(KeyCode.ENTER);
    }

    private void tick(String setting, boolean on) {
        CheckBox box = (CheckBox) hand.get("#setting-" + setting + " .check-box");
        hand.fx(() -> {
            if (box.isSelected() != on) {
                box.fire();
            }
            return true;
        });
        hand.pulse();
    }

    private static List<Block> blocks(Network network) {
        return network.topological().stream().map(n -> n.block()).toList();
    }
}
