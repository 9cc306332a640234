package org.skiplab.app.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.app.Fixture;
import org.skiplab.app.fx.Background;
import org.skiplab.app.message.Message;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.file.Design;
import org.skiplab.engine.graph.file.DesignFile;
import tools.jackson.databind.node.JsonNodeFactory;

class DocumentViewModelTest {

    @TempDir Path folder;
    private Fixture fixture;
    private DocumentViewModel document;
    private final Network other = Presets.get("wrn-16-2").network();
    private final List<Runnable> later = new ArrayList<>();

    @BeforeEach
    void open() {
        fixture = new Fixture(folder);
        document = fixture.bench.document();
    }

    @Test
    void theFirstStartShowsACleanResnet8ForDigits() {
        assertThat(document.network().name()).isEqualTo("resnet-8");
        assertThat(document.network().input().toString()).isEqualTo("28×28×1");
        assertThat(document.analysis().runnable()).isTrue();
        assertThat(document.titleProperty().get()).isEqualTo("resnet-8");
    }

    @Test
    void anEditShowsInTitleMenuAndAnalysis() {
        document.edit("Become wide", other);

        assertThat(document.titleProperty().get()).isEqualTo("• wrn-16-2");
        assertThat(document.undoTitleProperty().get()).isEqualTo("Undo Become wide");
        assertThat(document.analysis().network()).isSameAs(other);

        document.undo();
        assertThat(document.titleProperty().get()).isEqualTo("resnet-8");
        assertThat(document.redoTitleProperty().get()).isEqualTo("Redo Become wide");
        assertThat(document.canUndoProperty().get()).isFalse();
    }

    @Test
    void saveAndReopenGiveTheSameDesignWithAllItsSections() {
        document.edit("Become wide", other);
        document.edit(
                "Set epochs",
                document.design()
                        .withSection(
                                "training",
                                JsonNodeFactory.instance.objectNode().put("epochs", 3)));
        var saved = document.design();
        fixture.toSave = Optional.of(folder.resolve("mine"));
        document.save();

        Path file = folder.resolve("mine.skiplab");
        assertThat(file).exists();
        assertThat(document.titleProperty().get()).isEqualTo("mine");

        document.start(Presets.get("resnet-20").network());
        document.open(file);
        assertThat(document.design()).isEqualTo(saved);
        assertThat(fixture.bench.settings().recentFiles().get()).containsExactly(file);
    }

    @Test
    void aBrokenFileLeavesTheOpenDocumentAloneAndSaysWhere() throws IOException {
        document.edit("Become wide", other);
        Path broken = folder.resolve("broken.skiplab");
        Files.writeString(broken, "{\n  \"skiplab\": 1,\n  \"network\": {\"name\" 3}\n}");
        fixture.unsaved = Dialogs.Unsaved.DISCARD;
        document.open(broken);

        assertThat(document.network()).isSameAs(other);
        assertThat(document.canUndoProperty().get()).isTrue();
        Message message = fixture.bench.messages().newest().orElseThrow();
        assertThat(message.kind()).isEqualTo(Message.Kind.ERROR);
        assertThat(message.text()).contains("broken.skiplab").contains("line 3, column");
    }

    @Test
    void unsavedChangesAreAskedAboutBeforeTheyAreLeft() {
        document.edit("Become wide", other);

        fixture.unsaved = Dialogs.Unsaved.CANCEL;
        document.start(Presets.get("resnet-20").network());
        assertThat(document.network()).isSameAs(other);

        fixture.unsaved = Dialogs.Unsaved.SAVE;
        fixture.toSave = Optional.of(folder.resolve("kept.skiplab"));
        document.start(Presets.get("resnet-20").network());
        assertThat(folder.resolve("kept.skiplab")).exists();
        assertThat(document.network().name()).isEqualTo("resnet-20");
        assertThat(fixture.asked).isEqualTo(2);

        document.start(other);
        assertThat(fixture.asked).isEqualTo(2);
    }

    @Test
    void aFailedSaveKeepsTheDocumentDirtyAndGoesNoFurther() {
        document.edit("Become wide", other);
        fixture.toSave = Optional.of(folder.resolve("no such folder/x.skiplab"));
        fixture.unsaved = Dialogs.Unsaved.SAVE;
        document.start(Presets.get("resnet-20").network());

        assertThat(document.network()).isSameAs(other);
        assertThat(document.titleProperty().get()).startsWith("• ");
        assertThat(fixture.bench.messages().newest().orElseThrow().text()).startsWith("Not saved");
    }

    @Test
    void aDocumentThatWasOpenedWhileAnotherWasBeingWrittenDoesNotGetItsFile() {
        slowly();
        document.edit("Become wide", other);
        fixture.toSave = Optional.of(folder.resolve("wide.skiplab"));
        document.save();
        fixture.unsaved = Dialogs.Unsaved.DISCARD;
        document.start(Presets.get("resnet-20").network());
        document.edit("Rename", document.network().withName("mine"));
        finish();

        assertThat(folder.resolve("wide.skiplab")).exists();
        assertThat(document.titleProperty().get()).isEqualTo("• mine");
        assertThat(document.saved().orElseThrow().network().name()).isEqualTo("resnet-20");
    }

    /// From now on files are read and written when [#finish] says so.
    private void slowly() {
        Background slow =
                new Background() {
                    @Override
                    public <R> void run(
                            Callable<R> work, Consumer<R> done, Consumer<Exception> failed) {
                        later.add(() -> Background.INLINE.run(work, done, failed));
                    }
                };
        fixture = new Fixture(folder.resolve("slow"), slow);
        document = fixture.bench.document();
    }

    /// Does what is waiting, and what that leads to.
    private void finish() {
        while (!later.isEmpty()) {
            later.removeFirst().run();
        }
    }

    private Path file(String preset) {
        Path path = folder.resolve(preset + ".skiplab");
        DesignFile.write(path, Design.of(Presets.get(preset).network()));
        return path;
    }

    @Test
    void whatWasChangedWhileAFileWasReadIsAskedAbout() {
        Path file = file("resnet-20");
        slowly();
        document.open(file);
        document.edit("Become wide", other);
        fixture.unsaved = Dialogs.Unsaved.CANCEL;
        finish();
        assertThat(fixture.asked).isEqualTo(1);
        assertThat(document.network()).isSameAs(other);

        // Asked once before, about the same changes, is enough.
        fixture.unsaved = Dialogs.Unsaved.DISCARD;
        document.open(file);
        finish();
        assertThat(fixture.asked).isEqualTo(2);
        assertThat(document.network().name()).isEqualTo("resnet-20");
    }

    @Test
    void whatWasChangedWhileItWasSavedForAnotherIsAskedAbout() {
        slowly();
        document.edit("Become wide", other);
        fixture.unsaved = Dialogs.Unsaved.SAVE;
        fixture.toSave = Optional.of(folder.resolve("wide.skiplab"));
        document.start(Presets.get("resnet-20").network());
        document.edit("Rename", document.network().withName("mine"));
        fixture.unsaved = Dialogs.Unsaved.CANCEL;
        finish();

        assertThat(fixture.asked).isEqualTo(2);
        assertThat(document.network().name()).isEqualTo("mine");
    }

    @Test
    void ofTwoFilesTheOneAskedForLastIsOpened() {
        Path first = file("resnet-20");
        Path last = file("resnet-32");
        slowly();
        document.open(first);
        document.open(last);
        later.addLast(later.removeFirst());
        finish();

        assertThat(document.network().name()).isEqualTo("resnet-32");
        assertThat(fixture.asked).isZero();
    }

    @Test
    void aChangeWhileTheFileIsBeingWrittenStaysUnsaved() {
        fixture.toSave = Optional.of(folder.resolve("x.skiplab"));
        document.save();
        document.edit("Become wide", other);
        assertThat(document.titleProperty().get()).startsWith("• ");
        document.save();
        assertThat(DesignFile.read(folder.resolve("x.skiplab")).toString()).contains("wrn-16-2");
    }
}
