package org.skiplab.app.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.app.Fixture;
import org.skiplab.app.document.Dialogs;
import org.skiplab.app.document.DocumentViewModel;
import org.skiplab.app.message.Message;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Preset;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.train.Pace;

class GalleryViewModelTest {

    @TempDir Path folder;
    private Fixture fixture;
    private GalleryViewModel gallery;

    @BeforeEach
    void openAWindow() {
        fixture = new Fixture(folder);
        fixture.unsaved = Dialogs.Unsaved.DISCARD;
        gallery = fixture.bench.gallery();
        gallery.prepare(() -> false);
    }

    @AfterEach
    void closeIt() {
        fixture.bench.autosave().close();
    }

    @Test
    void everyPresetHangsThereWithPictureAndCost() {
        for (Preset preset : Presets.all()) {
            Exhibit exhibit = exhibit(preset.name());
            assertThat(exhibit.scenery().diagram().cards()).hasSizeGreaterThan(2);
            assertThat(exhibit.analysis().parameters())
                    .isEqualTo(Analysis.of(preset.network()).parameters());
        }
    }

    @Test
    void theCostIsTheMeasuredPaceTimesWhatTheNetworkAsksForOnDigits() {
        Exhibit exhibit = exhibit("resnet-8");
        Analysis digits = Analysis.of(Presets.get("resnet-8").network(Exhibit.DIGIT, 10));
        double expected = 9_000 * Fixture.PACE.secondsPerImage(Pace.Load.of(digits, Pace.BATCH));

        assertThat(exhibit.epoch(gallery.paceProperty().get())).contains(expected);
        assertThat(Cost.epoch(exhibit, gallery.paceProperty().get()))
                .isEqualTo("about " + Cost.span(expected) + " an epoch on MNIST");
    }

    @Test
    void whatCannotTakeDigitsSaysSo() {
        assertThat(Cost.epoch(exhibit("densenet-121"), gallery.paceProperty().get()))
                .isEqualTo("needs larger images than MNIST's");
    }

    @Test
    void aSearchFindsPapersTablesAndNames() {
        assertThat(found("wrn 16")).contains("wrn-16-1", "wrn-16-8").doesNotContain("resnet-20");
        assertThat(found("zagoruyko without dropout")).containsExactly("wrn-16-4");
        assertThat(found("1608.06993 bc")).contains("densenet-bc-100-12");
        assertThat(found("nonsense")).isEmpty();
    }

    @Test
    void aPresetOpensForTheImagesAtHandOrAsPublishedWhereTheseAreTooSmall() {
        gallery.open(new Entry.Published(Presets.get("wrn-16-2")));
        assertThat(fixture.bench.document().network().input()).isEqualTo(Exhibit.DIGIT);
        assertThat(fixture.bench.document().analysis().runnable()).isTrue();

        gallery.open(new Entry.Published(Presets.get("densenet-121")));
        assertThat(fixture.bench.document().network())
                .isEqualTo(Presets.get("densenet-121").network());
        assertThat(message().text()).contains("cannot take images of 28×28×1");
    }

    @Test
    void aDesignKeptAsPresetIsListedRenamedDeletedAndPutBack() {
        gallery.keep("my net");
        Entry.Own mine = own().getFirst();
        assertThat(mine.name()).isEqualTo("my net");
        assertThat(mine.file()).exists();
        assertThat(gallery.exhibits()).containsKey(mine.id());

        gallery.rename(mine, "better name");
        assertThat(own()).extracting(Entry.Own::name).containsExactly("better name");
        assertThat(mine.file()).doesNotExist();

        gallery.delete(own().getFirst());
        assertThat(own()).isEmpty();
        message().remedy().orElseThrow().run();
        assertThat(own()).extracting(Entry.Own::name).containsExactly("better name");

        gallery.open(own().getFirst());
        DocumentViewModel document = fixture.bench.document();
        assertThat(document.network().name()).isEqualTo("better name");
        assertThat(document.titleProperty().get()).as("in no file").isEqualTo("better name");
    }

    @Test
    void aTakenOrImpossibleNameIsRefusedAndHarmsNothing() throws IOException {
        gallery.keep("mine");
        byte[] before = Files.readAllBytes(own().getFirst().file());
        fixture.bench.document().startEmpty();
        gallery.keep("Mine");
        assertThat(message().kind()).isEqualTo(Message.Kind.ERROR);
        assertThat(message().text()).contains("already");
        assertThat(own()).hasSize(1);
        assertThat(Files.readAllBytes(own().getFirst().file())).isEqualTo(before);
        for (String name : List.of("", " ", "../x", "a/b", "con", "a.", "x".repeat(100))) {
            assertThat(OwnPresets.problem(name)).as(name).isPresent();
        }
    }

    @Test
    void aBrokenPresetOrRecentFileIsToldAndTheRestShown() throws IOException {
        Path presets = folder.resolve("config/presets");
        Files.createDirectories(presets);
        Files.writeString(presets.resolve("broken.skiplab"), "{");
        gallery.prepare(() -> false);

        Entry.Own broken = own().getFirst();
        assertThat(gallery.problem(broken)).isPresent();
        gallery.open(broken);
        assertThat(message().kind()).isEqualTo(Message.Kind.ERROR);
    }

    @Test
    void aMeasurementIsKeptForThisMachineOnly() throws IOException {
        PaceStore store = new PaceStore(folder);
        assertThat(store.stored()).isEmpty();
        store.keep(Fixture.PACE);
        assertThat(store.stored()).contains(Fixture.PACE);
        Path file = folder.resolve("pace.json");
        Files.writeString(file, Files.readString(file).replace("threads", "other threads"));
        assertThat(store.stored()).isEmpty();
        Files.writeString(file, "nonsense");
        assertThat(store.stored()).isEmpty();
    }

    @Test
    void spansHaveTwoDigits() {
        assertThat(Cost.span(0.4)).isEqualTo("1\u2009s");
        assertThat(Cost.span(12.4)).isEqualTo("12\u2009s");
        assertThat(Cost.span(83)).isEqualTo("85\u2009s");
        assertThat(Cost.span(700)).isEqualTo("12\u2009min");
        assertThat(Cost.span(3 * 3600)).isEqualTo("3\u2009h");
        assertThat(Cost.span(5 * 86_400)).isEqualTo("5\u2009days");
    }

    private List<String> found(String query) {
        return gallery.entriesProperty().get().stream()
                .filter(e -> e.matches(query))
                .map(Entry::name)
                .toList();
    }

    private List<Entry.Own> own() {
        return gallery.entriesProperty().get().stream()
                .filter(e -> e instanceof Entry.Own)
                .map(e -> (Entry.Own) e)
                .toList();
    }

    private Exhibit exhibit(String preset) {
        return Optional.ofNullable(
                        gallery.exhibits().get(new Entry.Published(Presets.get(preset)).id()))
                .orElseThrow();
    }

    private Message message() {
        return fixture.bench.messages().newest().orElseThrow();
    }
}
