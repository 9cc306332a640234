package org.skiplab.app.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.nd4j.linalg.api.buffer.DataType;
import org.skiplab.app.command.Action;
import org.skiplab.app.fx.Background;
import org.skiplab.app.plot.Numbers;
import org.skiplab.app.training.Surroundings;
import org.skiplab.app.training.TrainingPlan;
import org.skiplab.app.training.TrainingViewModel;
import org.skiplab.engine.export.Export;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Seeds;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.nn.Initialisation;
import org.skiplab.engine.nn.Parameters;
import org.skiplab.engine.train.Checkpoint;
import org.skiplab.engine.train.Milestone;
import org.skiplab.engine.train.TrainingSettings;

/// Writes the network in training, with the weights of the moment, for other programs; the network
/// on the canvas with initial weights while nothing has been trained. On the JavaFX thread; files
/// are written in the background, one export at a time.
public final class ModelExport {

    private final TrainingViewModel training;
    private final KernelPath path;
    private final Background background;
    private final Surroundings surroundings;
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();

    /// @param path kernels that compute what the PyTorch program is compared with
    public ModelExport(
            TrainingViewModel training,
            KernelPath path,
            Background background,
            Surroundings surroundings) {
        this.training = training;
        this.path = path;
        this.background = background;
        this.surroundings = surroundings;
    }

    /// One per format, for the menu and the command palette.
    public List<Action> actions() {
        List<Action> actions = new ArrayList<>();
        for (Export.Format format : Export.Format.values()) {
            actions.add(
                    Action.of(
                            "file.export." + format.id(),
                            "Export network as " + format.title() + "…",
                            format == Export.Format.PYTORCH ? "Shortcut+E" : null,
                            "mdal-get_app",
                            busy.not(),
                            () -> export(format)));
        }
        return List.copyOf(actions);
    }

    /// Whether something is being written.
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// What is to be written.
    ///
    /// @param state empty for initial weights
    private record Subject(
            Network network,
            TrainingSettings settings,
            Optional<CompletableFuture<Milestone>> state) {}

    /// What was written.
    private record Written(List<Path> files, String weights) {}

    /// Asks for a folder and writes into it.
    public void export(Export.Format format) {
        Subject subject = subject();
        Analysis analysis = Analysis.of(subject.network());
        String name = subject.network().name();
        if (!analysis.runnable()) {
            surroundings.warn(name + " cannot be exported yet: " + analysis.problems().getFirst());
            return;
        }
        Optional<Path> folder =
                surroundings.chooseFolder("Export " + name + " as " + format.title() + " into");
        if (folder.isEmpty()) {
            return;
        }
        busy.set(true);
        surroundings.tell("Exporting " + name + " as " + format.title() + " …");
        background.run(
                () -> write(format, subject, folder.get()),
                written -> {
                    busy.set(false);
                    surroundings.tell(told(format, name, written, folder.get()));
                },
                e -> {
                    busy.set(false);
                    surroundings.warn(name + " was not exported: " + reason(e));
                });
    }

    private Subject subject() {
        Optional<TrainingPlan> running = training.session().running();
        if (running.isEmpty()) {
            TrainingPlan wanted = training.plan().wanted();
            return new Subject(wanted.network(), wanted.settings(), Optional.empty());
        }
        return new Subject(
                running.get().network(), running.get().settings(), training.session().state());
    }

    private Written write(Export.Format format, Subject subject, Path folder) throws IOException {
        Optional<Checkpoint> state = state(subject);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IOException(folder + " is no folder that can be made; choose another", e);
        }
        if (!Files.isWritable(folder)) {
            throw new IOException(folder + " cannot be written to; choose another folder");
        }
        try (Parameters parameters = parameters(subject, state)) {
            List<Path> files = Export.write(format, subject.network(), parameters, path, folder);
            return new Written(files, weights(state));
        } catch (IOException e) {
            throw new IOException(
                    folder
                            + ": the files cannot be written ("
                            + reason(e)
                            + "); make room, or choose another folder",
                    e);
        }
    }

    private static Optional<Checkpoint> state(Subject subject) throws IOException {
        try {
            return subject.state().map(s -> s.join().state());
        } catch (CompletionException e) {
            throw new IOException("the session ended meanwhile; export again", e);
        }
    }

    private static Parameters parameters(Subject subject, Optional<Checkpoint> state) {
        if (state.isPresent()) {
            return state.get().parameters(subject.network());
        }
        Parameters parameters = Parameters.of(subject.network(), DataType.FLOAT);
        Initialisation.initialise(
                parameters,
                new Seeds(subject.settings().seed()),
                subject.settings().initialisation());
        return parameters;
    }

    private static String weights(Optional<Checkpoint> state) {
        return state.map(s -> s.place().step())
                .filter(step -> step > 0)
                .map(step -> "as trained up to step " + Numbers.count(step))
                .orElse("with initial weights, as nothing has been trained yet");
    }

    private static String told(Export.Format format, String name, Written written, Path folder) {
        return "Exported "
                + name
                + " "
                + written.weights()
                + ", as "
                + format.title()
                + ": "
                + written.files().stream()
                        .map(f -> Objects.requireNonNull(f.getFileName()).toString())
                        .collect(Collectors.joining(", "))
                + " in "
                + folder;
    }

    private static String reason(Exception e) {
        return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    }
}
