package org.skiplab.app.document;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.command.ChangeStack;
import org.skiplab.app.fx.Background;
import org.skiplab.app.message.Message;
import org.skiplab.app.message.Messages;
import org.skiplab.app.settings.AppSettings;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.graph.file.Design;
import org.skiplab.engine.graph.file.DesignFile;
import org.skiplab.engine.graph.file.Reading;
import org.skiplab.engine.graph.file.Writing;

/// The open document as views see it: the design, what follows from it, its file, and every way to
/// change it. Used on one thread, the JavaFX one in the window; files are read and written in the
/// background.
public final class DocumentViewModel {

    private final Dialogs dialogs;
    private final Messages messages;
    private final Background background;
    private final AppSettings settings;
    private final Autosave autosave;
    private final ChangeStack<Design> changes;
    private final ReadOnlyObjectWrapper<Analysis> analysis;
    private final ObjectProperty<Optional<Path>> file =
            new SimpleObjectProperty<>(Optional.empty());
    private final ReadOnlyLongProperty revision;
    private final ReadOnlyObjectWrapper<Long> opened = new ReadOnlyObjectWrapper<>(0L);

    /// Counts what was to take the document's place: only the newest may.
    private long requests;

    private final ReadOnlyBooleanWrapper canUndo = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canRedo = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper undoTitle = new ReadOnlyStringWrapper("Undo");
    private final ReadOnlyStringWrapper redoTitle = new ReadOnlyStringWrapper("Redo");
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper("");

    public DocumentViewModel(
            Design first,
            Dialogs dialogs,
            Messages messages,
            Background background,
            AppSettings settings,
            Autosave autosave) {
        this.dialogs = dialogs;
        this.messages = messages;
        this.background = background;
        this.settings = settings;
        this.autosave = autosave;
        changes = new ChangeStack<>(first);
        revision = changes.revisionProperty();
        analysis = new ReadOnlyObjectWrapper<>(Analysis.of(first.network()));
        changes.valueProperty().addListener((_, _, now) -> analyse(now.network()));
        revision.addListener(_ -> follow());
        file.addListener(_ -> follow());
        follow();
    }

    public Design design() {
        return changes.value();
    }

    public ReadOnlyObjectProperty<Design> designProperty() {
        return changes.valueProperty();
    }

    public Network network() {
        return design().network();
    }

    public Analysis analysis() {
        return analysis.get();
    }

    /// Changes whenever the network does.
    public ReadOnlyObjectProperty<Analysis> analysisProperty() {
        return analysis.getReadOnlyProperty();
    }

    /// Grows when another document takes this one's place.
    public ReadOnlyObjectProperty<Long> openedProperty() {
        return opened.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canUndoProperty() {
        return canUndo.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canRedoProperty() {
        return canRedo.getReadOnlyProperty();
    }

    /// `Undo Insert Residual block`.
    public ReadOnlyStringProperty undoTitleProperty() {
        return undoTitle.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty redoTitleProperty() {
        return redoTitle.getReadOnlyProperty();
    }

    /// What the window is called: the file's or the network's name, with a dot in front while there
    /// are unsaved changes.
    public ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }

    /// @param label what was done, for the undo menu
    /// @param gesture merges with the last edit of an equal gesture until [#endGesture]; null never
    ///   merges
    public void edit(String label, Network after, @Nullable Object gesture) {
        changes.apply(label, design().withNetwork(after), gesture);
    }

    public void edit(String label, Network after) {
        edit(label, after, null);
    }

    /// Changes network and sections at once.
    public void edit(String label, Design after) {
        changes.apply(label, after, null);
    }

    /// Something that is no part of the design was turned, and is undone in its turn.
    ///
    /// @param put brings a value back
    /// @param gesture as in [#edit(String, Network, Object)]
    public <S> void turned(
            String label, S before, S after, Consumer<S> put, @Nullable Object gesture) {
        changes.turned(label, before, after, put, gesture);
    }

    /// The design as it was last saved or opened; empty after a recovery.
    public Optional<Design> saved() {
        return changes.saved();
    }

    /// The design as undo would bring it back.
    public Optional<Design> beforeLastChange() {
        return changes.previous();
    }

    /// Asks for a design's file without opening it.
    public Optional<Path> chooseFile() {
        return dialogs.chooseToOpen();
    }

    /// The slider was let go: the next edit is a new entry.
    public void endGesture() {
        changes.seal();
    }

    public void undo() {
        changes.undo();
    }

    public void redo() {
        changes.redo();
    }

    /// Starts an empty network for the same images, once changes are safe.
    public void startEmpty() {
        whenSafe(() ->
                show(
                        Design.of(
                                new Network(
                                        "untitled", network().input(), List.of(), Survival.PAPER)),
                        Optional.empty()));
    }

    /// Starts with a given network, once changes are safe.
    public void start(Network fresh) {
        whenSafe(() -> show(Design.of(fresh), Optional.empty()));
    }

    /// Starts with a given design that is in no file, once changes are safe.
    public void start(Design fresh) {
        whenSafe(() -> show(fresh, Optional.empty()));
    }

    /// Asks for a file and opens it, once changes are safe.
    public void open() {
        whenSafe(() -> dialogs.chooseToOpen().ifPresent(this::read));
    }

    /// Opens a file, once changes are safe. One that cannot be read leaves the open document alone.
    public void open(Path path) {
        whenSafe(() -> read(path));
    }

    /// The same, and then something else, whether it could be read or not.
    public void open(Path path, Runnable then) {
        whenSafe(() -> read(path, then));
    }

    /// Takes up what a crash left behind.
    public void recover(Autosave.Leftover leftover) {
        show(leftover.design(), leftover.file());
        changes.markUnsaved();
        autosave.remove(leftover);
        messages.show(Message.info("Recovered the changes that were in no file"));
    }

    public void save() {
        save(() -> {});
    }

    public void saveAs() {
        chooseAndWrite(() -> {});
    }

    /// Runs `next` now, after saving, or never, as the person decides about unsaved changes.
    public void whenSafe(Runnable next) {
        if (!changes.dirty()) {
            next.run();
            return;
        }
        switch (dialogs.askUnsaved(name())) {
            // What was changed while the file was written is asked about again.
            case SAVE -> save(() -> whenSafe(next));
            case DISCARD -> next.run();
            case CANCEL -> {}
        }
    }

    private void save(Runnable next) {
        Optional<Path> target = file.get();
        if (target.isPresent()) {
            write(target.get(), next);
        } else {
            chooseAndWrite(next);
        }
    }

    private void chooseAndWrite(Runnable next) {
        String suggestion = name() + "." + DesignFile.EXTENSION;
        dialogs.chooseToSave(suggestion).ifPresent(path -> write(withExtension(path), next));
    }

    private void write(Path path, Runnable next) {
        Design design = design();
        long document = opened.get();
        background.run(
                () -> DesignFile.write(path, design),
                writing -> {
                    switch (writing) {
                        case Writing.Written _ -> {
                            settings.remember(path);
                            // Another document may have taken this one's place meanwhile.
                            if (opened.get() == document) {
                                file.set(Optional.of(path));
                                changes.markSaved(design);
                            }
                            messages.show(Message.info("Saved " + path));
                            next.run();
                        }
                        case Writing.Unwritten problem ->
                                messages.show(Message.error("Not saved: " + problem));
                    }
                },
                e -> messages.show(Message.error("Not saved: " + e.getMessage())));
    }

    private void read(Path path) {
        read(path, () -> {});
    }

    private void read(Path path, Runnable then) {
        Design asked = design();
        long request = ++requests;
        background.run(
                () -> DesignFile.read(path),
                reading -> {
                    switch (reading) {
                        case Reading.Read(Design design) -> {
                            // What was asked for since then is what the person wants to see.
                            if (request == requests) {
                                settings.remember(path);
                                replace(asked, () -> show(design, Optional.of(path)));
                            }
                        }
                        case Reading.Unreadable problem -> {
                            settings.forget(path);
                            messages.show(
                                    Message.error(
                                            path.getFileName() + " was not opened: " + problem));
                        }
                    }
                    then.run();
                },
                e -> {
                    messages.show(Message.error(path + " was not opened: " + e.getMessage()));
                    then.run();
                });
    }

    /// Runs `next`, which leaves the design behind, but asks first if it is no longer the one that
    /// the person agreed to leave.
    private void replace(Design asked, Runnable next) {
        if (design().equals(asked)) {
            next.run();
        } else {
            whenSafe(next);
        }
    }

    private void show(Design design, Optional<Path> from) {
        requests++;
        file.set(from);
        changes.reset(design, true);
        messages.dismiss();
        opened.set(opened.get() + 1);
    }

    private void analyse(Network network) {
        if (!network.equals(analysis.get().network())) {
            analysis.set(Analysis.of(network));
        }
    }

    private void follow() {
        canUndo.set(changes.undoLabel().isPresent());
        canRedo.set(changes.redoLabel().isPresent());
        undoTitle.set(changes.undoLabel().map(l -> "Undo " + l).orElse("Undo"));
        redoTitle.set(changes.redoLabel().map(l -> "Redo " + l).orElse("Redo"));
        title.set((changes.dirty() ? "• " : "") + name());
        if (changes.dirty()) {
            autosave.keep(design(), file.get());
        } else {
            autosave.forget();
        }
    }

    private String name() {
        return file.get()
                .map(p -> Objects.requireNonNull(p.getFileName()).toString())
                .map(n -> n.replaceFirst("\\." + DesignFile.EXTENSION + "$", ""))
                .orElse(network().name());
    }

    private static Path withExtension(Path path) {
        String name = Objects.requireNonNull(path.getFileName()).toString();
        return name.contains(".") ? path : path.resolveSibling(name + "." + DesignFile.EXTENSION);
    }
}
