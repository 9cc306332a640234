package org.skiplab.app.redesign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.app.Fixture;
import org.skiplab.app.document.DocumentViewModel;
import org.skiplab.app.fx.Background;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.Setting;
import org.skiplab.engine.graph.edit.BlockEdits;
import org.skiplab.engine.graph.edit.Edit;

class RedesignViewModelTest {

    @TempDir Path folder;
    private Fixture fixture;
    private DocumentViewModel document;
    private RedesignViewModel model;

    @BeforeEach
    void openAWindow() {
        fixture = new Fixture(folder);
        document = fixture.bench.document();
        document.start(Presets.get("resnet-20").network());
        model = new RedesignViewModel(document, Background.INLINE);
    }

    @AfterEach
    void closeIt() {
        fixture.bench.autosave().close();
    }

    @Test
    void aDragIsOneUndoableStep() {
        Network before = document.network();
        assertThat(model.turn("depth", 26, true)).isTrue();
        assertThat(model.turn("depth", 32, true)).isTrue();
        assertThat(model.turn("depth", 38, true)).isTrue();
        model.endGesture();

        assertThat(document.network()).isEqualTo(Presets.get("resnet-38").network());
        assertThat(document.undoTitleProperty().get()).isEqualTo("Undo Redesign as resnet-38");
        document.undo();
        assertThat(document.network()).isSameAs(before);
    }

    @Test
    void anIllegalDepthChangesNothingAndOffersTheNearest() {
        Network before = document.network();
        assertThat(model.turn("depth", 33, false)).isFalse();
        assertThat(document.network()).isSameAs(before);
        assertThat(model.refusalProperty().get().orElseThrow().nearest()).containsExactly(32, 38);
        assertThat(model.turn("depth", 32, false)).isTrue();
        assertThat(model.refusalProperty().get()).isEmpty();
    }

    @Test
    void whatWasChangedByHandIsNamedBeforeItIsLost() {
        edit(BlockEdits.set(document.network(), List.of("stage2_block2"), "width", 48));
        Plan.Recipe recipe = (Plan.Recipe) model.planProperty().get();
        assertThat(recipe.turnable()).isFalse();
        assertThat(recipe.losses()).singleElement().asString().contains("stage2_block2", "32 → 48");

        Network edited = document.network();
        assertThat(model.turn("depth", 32, false)).isFalse();
        assertThat(document.network()).isSameAs(edited);

        model.allow();
        assertThat(model.turn("depth", 32, false)).isTrue();
        assertThat(((Plan.Recipe) model.planProperty().get()).losses()).isEmpty();
        document.undo();
        assertThat(document.network()).isSameAs(edited);
        assertThat(((Plan.Recipe) model.planProperty().get()).turnable()).isFalse();
    }

    @Test
    void knobsFollowTheNetwork() {
        assertThat(value("depth")).isEqualTo(20);
        document.start(Presets.get("wrn-16-4").network());
        assertThat(value("widening")).isEqualTo(4);
        model.turn("widening", 6, false);
        assertThat(document.network().name()).isEqualTo("wrn-16-6");
        assertThat(value("widening")).isEqualTo(6);
    }

    @Test
    void aNetworkWithoutARecipeHasNoKnobs() {
        document.startEmpty();
        assertThat(model.planProperty().get()).isEqualTo(new Plan.None());
        assertThat(model.turn("depth", 20, false)).isFalse();
    }

    private Object value(String knob) {
        return ((Plan.Recipe) model.planProperty().get())
                .knobs().stream()
                        .filter(s -> s.name().equals(knob))
                        .map(Setting::value)
                        .findFirst()
                        .orElseThrow();
    }

    private void edit(Edit edit) {
        Edit.Done done = (Edit.Done) edit;
        document.edit(done.what(), done.network());
    }
}
