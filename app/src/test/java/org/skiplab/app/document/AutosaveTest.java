package org.skiplab.app.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.app.Fixture;
import org.skiplab.app.fx.Background;
import org.skiplab.app.message.Message;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.file.Design;
import org.skiplab.engine.graph.file.DesignFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class AutosaveTest {

    @TempDir Path state;
    private final Network network = Presets.get("wrn-16-2").network();

    @Test
    void whatACrashLeavesBehindIsOfferedAtTheNextStart() throws IOException {
        Path file = state.resolve("mine.skiplab").toAbsolutePath();
        Autosave crashed = session("1");
        crashed.keep(Design.of(network), Optional.of(file));
        die("1");

        try (Autosave next = session("2")) {
            List<Autosave.Leftover> leftovers = next.leftovers();
            assertThat(leftovers).hasSize(1);
            assertThat(leftovers.getFirst().design()).isEqualTo(Design.of(network));
            assertThat(leftovers.getFirst().file()).contains(file);

            next.remove(leftovers.getFirst());
            assertThat(next.leftovers()).isEmpty();
        }
        crashed.close();
    }

    @Test
    void theCopyOfARunningSessionIsLeftAlone() {
        try (Autosave running = session("1");
                Autosave other = session("2")) {
            running.keep(Design.of(network), Optional.empty());

            assertThat(other.leftovers()).isEmpty();
        }
    }

    @Test
    void anOrderlyEndLeavesNothing() throws IOException {
        Autosave session = session("1");
        session.keep(Design.of(network), Optional.empty());
        session.close();

        try (var files = Files.list(state.resolve("recovery"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aCopyThatIsHalfWrittenIsNotOffered() throws IOException {
        Files.createDirectories(state.resolve("recovery"));
        Files.writeString(state.resolve("recovery/9.skiplab"), "{\"skiplab\": 1, \"netw");

        try (Autosave next = session("2")) {
            assertThat(next.leftovers()).isEmpty();
        }
    }

    @Test
    void everyEditIsKeptAndSavingForgetsIt() {
        Fixture fixture = new Fixture(state);
        DocumentViewModel document = fixture.bench.document();
        Path copies = state.resolve("state/recovery");
        document.edit("Become wide", network);
        assertThat(copy(copies)).isPresent();

        fixture.toSave = Optional.of(state.resolve("x.skiplab"));
        document.save();
        assertThat(copy(copies)).isEmpty();
        fixture.bench.autosave().close();
    }

    @Test
    void aRecoveredDocumentIsUnsavedAndUndoable() throws IOException {
        Autosave crashed = session("1");
        crashed.keep(Design.of(network), Optional.empty());
        die("1");
        Fixture fixture = new Fixture(state.resolve("other"));
        DocumentViewModel document = fixture.bench.document();
        try (Autosave next = session("2")) {
            document.recover(next.leftovers().getFirst());
        }

        assertThat(document.network()).isEqualTo(network);
        assertThat(document.titleProperty().get()).startsWith("• ");
        crashed.close();
        fixture.bench.autosave().close();
    }

    @Test
    void whatACrashLeftIsOfferedAlsoWhenAFileIsOpenedFirst() throws IOException {
        Autosave crashed = session("1");
        crashed.keep(Design.of(network), Optional.empty());
        die("1");
        Fixture fixture = new Fixture(state.resolve("other"));
        DocumentViewModel document = fixture.bench.document();
        try (Autosave next = session("2")) {
            Recovery recovery = new Recovery(document, next, fixture.bench.messages());
            document.open(state.resolve("missing.skiplab"), recovery::offer);

            Message offer = fixture.bench.messages().newest().orElseThrow();
            assertThat(offer.kind()).isEqualTo(Message.Kind.OFFER);
            assertThat(offer.text())
                    .contains("missing.skiplab was not opened", "ended unexpectedly");
            offer.remedy().orElseThrow().run();
        }

        assertThat(document.network()).isEqualTo(network);
        crashed.close();
        fixture.bench.autosave().close();
    }

    @Test
    void changesAreOfferedAlsoWhenTheirFilesNameIsNone() {
        Autosave crashed = session("1");
        crashed.keep(Design.of(network), Optional.empty());
        Path copy = state.resolve("recovery/1.skiplab");
        JsonNode damaged = JsonNodeFactory.instance.objectNode().put("file", "a\0b");
        DesignFile.write(copy, Design.of(network).withSection("recovery", damaged));
        Path left = state.resolve("recovery/2.skiplab");
        assertThat(copy.toFile().renameTo(left.toFile())).isTrue();

        try (Autosave next = session("3")) {
            Autosave.Leftover leftover = next.leftovers().getFirst();
            assertThat(leftover.design()).isEqualTo(Design.of(network));
            assertThat(leftover.file()).isEmpty();
        }
        crashed.close();
    }

    private Autosave session(String name) {
        return new Autosave(state, name, Background.INLINE, Duration.ZERO);
    }

    /// What the operating system does to a lock when its process dies.
    private void die(String name) throws IOException {
        Files.delete(state.resolve("recovery/" + name + ".lock"));
    }

    private static Optional<Path> copy(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".skiplab")).findFirst();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
