package org.skiplab.app.gallery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableMap;
import org.skiplab.app.command.Action;
import org.skiplab.app.document.DocumentViewModel;
import org.skiplab.app.fx.Background;
import org.skiplab.app.message.Message;
import org.skiplab.app.message.Messages;
import org.skiplab.app.settings.AppDirs;
import org.skiplab.app.settings.AppSettings;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Preset;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.file.Design;
import org.skiplab.engine.train.Pace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What hangs in the gallery. Entries are there at once; what is known about them follows from the
/// background, one by one.
public final class GalleryViewModel {

    private static final Logger LOG = LoggerFactory.getLogger(GalleryViewModel.class);

    private final DocumentViewModel document;
    private final Messages messages;
    private final AppSettings settings;
    private final Background background;
    private final OwnPresets own;
    private final PaceStore paces;
    private final ReadOnlyObjectWrapper<List<Entry>> entries =
            new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Optional<Pace>> pace =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ObservableMap<String, Exhibit> exhibits = FXCollections.observableHashMap();
    private final Map<String, String> problems = new HashMap<>();
    private final Set<String> begun = new HashSet<>();
    private List<Entry.Own> presets = List.of();
    private boolean measuring;

    /// @param background a thread that has nothing urgent to do
    public GalleryViewModel(
            AppDirs dirs,
            DocumentViewModel document,
            Messages messages,
            AppSettings settings,
            Background background) {
        this.document = document;
        this.messages = messages;
        this.settings = settings;
        this.background = background;
        own = new OwnPresets(dirs.config().resolve("presets"));
        paces = new PaceStore(dirs.state());
    }

    /// Recent files, one's own presets, then the published networks family by family.
    public ReadOnlyObjectProperty<List<Entry>> entriesProperty() {
        return entries.getReadOnlyProperty();
    }

    /// What is known so far, by the entry's id.
    public ObservableMap<String, Exhibit> exhibits() {
        return exhibits;
    }

    /// Why an entry cannot be shown, if it cannot.
    public Optional<String> problem(Entry entry) {
        return Optional.ofNullable(problems.get(entry.id()));
    }

    /// How fast this machine trains, once that is known.
    public ReadOnlyObjectProperty<Optional<Pace>> paceProperty() {
        return pace.getReadOnlyProperty();
    }

    /// Gets everything ready that is not yet.
    ///
    /// @param busy whether something trains, which a measurement would disturb and be disturbed by
    public void prepare(BooleanSupplier busy) {
        arrange();
        background.run(
                own::all,
                found -> {
                    presets = found;
                    arrange();
                    entries.get().forEach(this::study);
                    measure(busy);
                },
                e -> tell("Your presets could not be read", e));
    }

    /// Puts an entry on the canvas, once changes are safe. Published networks are made for the
    /// images and classes at hand if they can take them.
    public void open(Entry entry) {
        switch (entry) {
            case Entry.Published(Preset preset) -> open(preset);
            case Entry.Own(String name, Path file) ->
                    background.run(
                            () -> OwnPresets.read(file),
                            document::start,
                            e -> tell(name + " was not opened", e));
            case Entry.Recent(Path file) -> document.open(file);
        }
    }

    /// Puts a published network on the canvas, once changes are safe.
    public void open(Preset preset) {
        Network now = document.network();
        int classes = document.analysis().classes().orElse(preset.classes());
        Network fitted = preset.network(now.input(), classes);
        boolean fits = Analysis.of(fitted).runnable();
        Network network = fits ? fitted : preset.network();
        document.start(Design.of(network));
        if (document.network() == network) {
            messages.show(
                    Message.info(
                            preset.title()
                                    + (fits
                                            ? ", made for images of "
                                            : ", as published; it cannot take images of "
                                                    + now.input()
                                                    + ", only larger ones such as ")
                                    + network.input()
                                    + (fits ? " and " + classes + " classes" : "")));
        }
    }

    /// Keeps the open design as a preset.
    public void keep(String name) {
        Design design = document.design();
        change(() -> own.save(name.strip(), design), "Kept as preset " + name.strip());
    }

    public void rename(Entry.Own preset, String name) {
        if (!name.strip().equals(preset.name())) {
            change(() -> own.rename(preset, name.strip()), "Renamed to " + name.strip());
        }
    }

    /// Removes a preset; the message offers to put it back.
    public void delete(Entry.Own preset) {
        background.run(
                () -> {
                    Design design = own.delete(preset);
                    return new Deleted(design, own.all());
                },
                deleted -> {
                    presets = deleted.rest();
                    arrange();
                    messages.show(
                            Message.offer(
                                    "Deleted the preset " + preset.name(),
                                    Action.of(
                                            "gallery.undelete",
                                            "Put back",
                                            null,
                                            null,
                                            () ->
                                                    change(
                                                            () ->
                                                                    own.save(
                                                                            preset.name(),
                                                                            deleted.design()),
                                                            "Put back " + preset.name()))));
                },
                e -> tell(preset.name() + " was not deleted", e));
    }

    /// Reads an entry's network, from memory if it is known.
    public void network(Entry entry, Consumer<Network> then) {
        Exhibit known = exhibits.get(entry.id());
        if (known != null) {
            then.accept(known.network());
        } else {
            background.run(
                    () -> networkOf(entry), then, e -> tell(entry.name() + " was not opened", e));
        }
    }

    private record Deleted(Design design, List<Entry.Own> rest) {}

    private interface Change {
        Entry.Own run() throws IOException;
    }

    private void change(Change change, String done) {
        background.run(
                () -> {
                    Entry.Own made = change.run();
                    return new Changed(made, own.all());
                },
                changed -> {
                    presets = changed.all();
                    exhibits.remove(changed.made().id());
                    begun.remove(changed.made().id());
                    arrange();
                    study(changed.made());
                    messages.show(Message.info(done));
                },
                e -> tell("Nothing was kept", e));
    }

    private record Changed(Entry.Own made, List<Entry.Own> all) {}

    private void arrange() {
        List<Entry> all = new ArrayList<>();
        settings.recentFiles().get().forEach(f -> all.add(new Entry.Recent(f)));
        all.addAll(presets);
        Presets.all().forEach(p -> all.add(new Entry.Published(p)));
        entries.set(List.copyOf(all));
    }

    private void study(Entry entry) {
        if (!begun.add(entry.id())) {
            return;
        }
        background.run(
                () -> Exhibit.of(networkOf(entry)),
                exhibit -> exhibits.put(entry.id(), exhibit),
                e -> {
                    // A file may be readable next time.
                    begun.remove(entry.id());
                    problems.put(entry.id(), line(e));
                    LOG.info("No picture of {}: {}", entry.name(), e.getMessage());
                });
    }

    private void measure(BooleanSupplier busy) {
        if (pace.get().isPresent() || measuring) {
            return;
        }
        measuring = true;
        boolean idle = !busy.getAsBoolean();
        background.run(
                () -> {
                    Optional<Pace> stored = paces.stored();
                    return stored.isEmpty() && idle ? Optional.of(paces.measure()) : stored;
                },
                found -> {
                    measuring = false;
                    // Training that began meanwhile has shared the processor with the measurement.
                    if (found.isPresent() && !busy.getAsBoolean()) {
                        pace.set(found);
                        background.run(() -> paces.keep(found.get()), _ -> {}, _ -> {});
                    }
                },
                e -> {
                    measuring = false;
                    LOG.info("The machine was not measured: {}", e.getMessage());
                });
    }

    private static Network networkOf(Entry entry) throws IOException {
        return switch (entry) {
            case Entry.Published(Preset preset) -> preset.network();
            case Entry.Own(_, Path file) -> OwnPresets.read(file).network();
            case Entry.Recent(Path file) -> OwnPresets.read(file).network();
        };
    }

    private void tell(String what, Exception e) {
        messages.show(Message.error(what + ": " + line(e)));
    }

    private static String line(Exception e) {
        String text = e.getMessage() == null ? "the disk refused it" : e.getMessage();
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}
