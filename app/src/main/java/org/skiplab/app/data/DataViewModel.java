package org.skiplab.app.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.fx.Background;
import org.skiplab.app.training.DataChoice;
import org.skiplab.app.training.DataShelf;
import org.skiplab.app.training.PlanViewModel;
import org.skiplab.engine.data.fetch.PublishedSet;
import org.skiplab.engine.data.source.DataSource;
import org.skiplab.engine.data.source.Parsed;
import org.skiplab.engine.data.source.Progress;

/// Which data there are, which of them is being looked at, and choosing it to train on.
public final class DataViewModel implements AutoCloseable {

    private record Reading(String what, double share) {}

    private final PlanViewModel plan;
    private final DataShelf shelf;
    private final Path folder;
    private final Background reader;
    private final List<FetchViewModel> published;
    private final OwnData remembered;
    private final List<DataChoice> own = new ArrayList<>();
    private final ReadOnlyObjectWrapper<Optional<Surveyed>> shown =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyStringWrapper busy = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private volatile @Nullable Reading reading;
    private @Nullable Errand errand;

    /// @param shelf which sessions get their data from as well
    /// @param folder where fetched sets are kept
    /// @param reader where data are read and counted
    /// @param fetcher where sets are fetched
    public DataViewModel(
            PlanViewModel plan,
            DataShelf shelf,
            Path folder,
            Fetching fetching,
            Background reader,
            Background fetcher) {
        this.plan = plan;
        this.shelf = shelf;
        this.folder = folder;
        this.reader = reader;
        this.remembered = new OwnData(folder.resolve("own.json"));
        this.published =
                Arrays.stream(PublishedSet.values())
                        .map(set ->
                                new FetchViewModel(
                                        set, folder, fetching, fetcher, () -> offer(set)))
                        .toList();
    }

    /// What can be trained on at once.
    public ObservableList<DataChoice> choices() {
        return plan.choices();
    }

    /// The published sets, here or not.
    public List<FetchViewModel> published() {
        return published;
    }

    /// What is being looked at.
    public ReadOnlyObjectProperty<Optional<Surveyed>> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    /// What is being read, in one line; empty when nothing is.
    public ReadOnlyStringProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// Why the last data could not be read, in one line; empty when they could.
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// What training uses.
    public ReadOnlyObjectProperty<DataChoice> usedProperty() {
        return plan.dataProperty();
    }

    /// Looks for fetched sets, and shows what training uses if nothing else is shown.
    public void refresh() {
        lookForFetched();
        if (shown.get().isEmpty() && errand == null) {
            show(plan.dataProperty().get());
        }
    }

    /// Puts on offer what people opened in earlier runs of the program.
    public void recall() {
        reader.run(
                remembered::read,
                found -> {
                    own.addAll(found);
                    found.forEach(plan::offer);
                },
                e -> problem.set("the list of your data cannot be read: " + e.getMessage()));
    }

    /// Whether a set can be taken off the list: it is people's own, and not in use.
    public boolean canForget(DataChoice choice) {
        return own.stream().anyMatch(c -> c.address().equals(choice.address()))
                && !choice.equals(plan.dataProperty().get());
    }

    /// Takes a set of people's own off the list; its files stay.
    public void forget(DataChoice choice) {
        if (canForget(choice)) {
            own.removeIf(c -> c.address().equals(choice.address()));
            choices().remove(choice);
            remember();
        }
    }

    private void remember() {
        List<DataChoice> now = List.copyOf(own);
        reader.run(
                () -> {
                    remembered.write(now);
                    return now;
                },
                _ -> {},
                e ->
                        problem.set(
                                folder
                                        + ": the list of your data cannot be written ("
                                        + e.getMessage()
                                        + "); check the folder and the disk"));
    }

    /// Puts on offer what was fetched before or put into its folder by hand.
    public void lookForFetched() {
        record Found(boolean whole, long bytes) {}
        reader.run(
                () ->
                        published.stream()
                                .map(p -> new Found(p.set().isIn(folder), p.set().bytesIn(folder)))
                                .toList(),
                found -> {
                    for (int i = 0; i < found.size(); i++) {
                        published.get(i).found(found.get(i).whole(), found.get(i).bytes());
                    }
                },
                e -> problem.set("the folder of fetched data cannot be read: " + e.getMessage()));
    }

    private void offer(PublishedSet set) {
        plan.offer(choice(set));
    }

    private DataChoice choice(PublishedSet set) {
        return new DataChoice(
                set.source(folder).spec(), set.title(), set.shape(), set.classNames());
    }

    /// Shows a published set that is here.
    public void show(PublishedSet set) {
        show(choice(set));
    }

    /// Reads a set on offer and shows it.
    public void show(DataChoice choice) {
        if (errand == null && shown.get().filter(s -> s.choice().equals(choice)).isPresent()) {
            return;
        }
        switch (DataSource.parse(choice.spec())) {
            case DataSource source -> read(source, Optional.of(choice), false);
            case DataSource.Failed failed -> problem.set(failed.message());
        }
    }

    /// Shows the same data with other settings.
    public void show(DataSource source) {
        read(source, Optional.empty(), false);
    }

    /// Opens what a person wrote, as the command line takes it: `cifar10:PATH`.
    public void open(String spec) {
        open(DataSource.parse(spec.strip()));
    }

    /// Opens a file or folder, whatever it holds.
    public void open(Path path) {
        open(DataSource.recognise(path));
    }

    private void open(Parsed parsed) {
        switch (parsed) {
            case DataSource source -> read(source, Optional.empty(), true);
            case DataSource.Failed failed -> problem.set(failed.message());
        }
    }

    /// @param choice as which it is shown; empty for the usual one
    /// @param fresh from the disk, and on offer afterwards
    private void read(DataSource source, Optional<DataChoice> choice, boolean fresh) {
        Errand before = errand;
        if (before != null) {
            before.callOff();
        }
        Errand own = new Errand();
        errand = own;
        problem.set("");
        busy.set("Reading");
        reading = new Reading("Reading", Double.NaN);
        int limit = sameAddress(source, 0, DataChoice::limit);
        DataChoice.Scaling scaling =
                sameAddress(source, DataChoice.Scaling.COMPUTED, DataChoice::scaling);
        Progress progress = (what, share) -> reading = new Reading("Reading " + what, share);
        reader.run(
                own.of(() -> {
                    if (fresh) {
                        shelf.forget();
                    }
                    return switch (shelf.open(source.spec(), progress)) {
                        case DataSource.Opened opened -> {
                            reading = new Reading("Counting", Double.NaN);
                            yield new Outcome(
                                    Surveyed.of(
                                            choice.orElseGet(
                                                    () -> usual(source, opened, limit, scaling)),
                                            source,
                                            opened),
                                    "");
                        }
                        case DataSource.Failed failed -> new Outcome(null, failed.message());
                    };
                }),
                outcome -> {
                    if (errand == own) {
                        errand = null;
                        busy.set("");
                        outcome.ifPresent(o -> took(o, fresh));
                    }
                },
                e -> {
                    if (errand == own) {
                        errand = null;
                        busy.set("");
                        problem.set(
                                source.address()
                                        + ": it could not be read ("
                                        + e
                                        + "); please report it");
                    }
                });
    }

    private record Outcome(@Nullable Surveyed surveyed, String problem) {}

    private void took(Outcome outcome, boolean fresh) {
        Surveyed surveyed = outcome.surveyed;
        if (surveyed == null) {
            problem.set(outcome.problem);
            return;
        }
        if (fresh) {
            plan.offer(surveyed.choice());
            own.removeIf(c -> c.address().equals(surveyed.choice().address()));
            own.add(surveyed.choice());
            remember();
        }
        shown.set(Optional.of(surveyed));
    }

    /// A setting of what is shown, if it is the same data.
    private <T> T sameAddress(DataSource source, T otherwise, Function<DataChoice, T> setting) {
        return shown.get()
                .map(Surveyed::choice)
                .filter(c -> c.address().equals(source.address()))
                .map(setting)
                .orElse(otherwise);
    }

    private static DataChoice usual(
            DataSource source, DataSource.Opened opened, int limit, DataChoice.Scaling scaling) {
        return new DataChoice(
                source.spec(),
                opened.data().name(),
                opened.data().shape(),
                opened.data().classNames(),
                limit,
                scaling);
    }

    /// Trains on what is shown, and fits the network to it if it must be.
    public void use() {
        shown.get().ifPresent(s -> plan.choose(s.choice()));
    }

    /// Gives up what is being read.
    public void cancel() {
        Errand now = errand;
        if (now != null) {
            now.callOff();
            errand = null;
            busy.set("");
        }
    }

    /// Takes over how far reading and fetching have come; once a frame.
    public void pulse() {
        Reading now = reading;
        if (errand != null && now != null) {
            busy.set(
                    Double.isNaN(now.share)
                            ? now.what
                            : now.what + " · " + Math.round(100 * now.share) + " %");
        }
        published.forEach(FetchViewModel::pulse);
    }

    /// Stops reading and fetching.
    @Override
    public void close() {
        cancel();
        published.forEach(FetchViewModel::cancel);
    }
}
