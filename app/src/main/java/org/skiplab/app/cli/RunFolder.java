package org.skiplab.app.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.skiplab.engine.export.CheckpointFile;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Seeds;
import org.skiplab.engine.graph.file.DesignFile;
import org.skiplab.engine.graph.file.Reading;
import org.skiplab.engine.nn.Initialisation;
import org.skiplab.engine.nn.Parameters;
import org.skiplab.engine.train.Checkpoint;

/// What there is to export: a design with its initial weights, or the folder of a training run with
/// what was learnt.
///
/// @param weights file with the learnt weights, empty for a design
record RunFolder(Network network, Optional<Path> weights) {

    /// Files that `train --out` leaves in the folder.
    static final String DESIGN = "design." + DesignFile.EXTENSION;

    static final String WEIGHTS = "weights.npz";

    static RunFolder of(DesignArgument argument) throws CommandFailure {
        Path path;
        try {
            path = Path.of(argument.text());
        } catch (InvalidPathException e) {
            return new RunFolder(argument.read().network(), Optional.empty());
        }
        if (!Files.isDirectory(path)) {
            return new RunFolder(argument.read().network(), Optional.empty());
        }
        Path design = path.resolve(DESIGN);
        return switch (DesignFile.read(design)) {
            case Reading.Read(var read) ->
                    new RunFolder(read.network(), Optional.of(path.resolve(WEIGHTS)));
            case Reading.Unreadable unreadable ->
                    throw CommandFailure.failed(
                            design
                                    + ": "
                                    + unreadable
                                    + " ('skiplab train … --out DIR' writes such a folder)");
        };
    }

    /// The arrays; the caller closes them.
    Parameters parameters(Seeds seeds) throws CommandFailure {
        Optional<Checkpoint> learnt =
                weights.isEmpty() ? Optional.empty() : Optional.of(read(weights.get()));
        if (learnt.isPresent()) {
            return learnt.get().parameters(network);
        }
        Parameters parameters = Parameters.of(network, DataType.FLOAT);
        Initialisation.initialise(parameters, seeds);
        return parameters;
    }

    private Checkpoint read(Path file) throws CommandFailure {
        return switch (CheckpointFile.read(file)) {
            case CheckpointFile.Reading.Read(Checkpoint read) -> {
                Checkpoint.Fit fit = read.fit(network);
                if (!fit.complete() || read.arrays().size() > fit.ofArrays()) {
                    throw CommandFailure.failed(
                            file
                                    + ": of "
                                    + read.arrays().size()
                                    + " arrays "
                                    + fit.arrays()
                                    + " fit the "
                                    + fit.ofArrays()
                                    + " of "
                                    + DESIGN
                                    + "; export the folder as the run left it");
                }
                if (!read.finite()) {
                    throw CommandFailure.failed(
                            file
                                    + ": it holds numbers that are not finite; choose the folder of a run"
                                    + " that did not diverge");
                }
                yield read;
            }
            case CheckpointFile.Reading.Unreadable(String message) ->
                    throw CommandFailure.failed(message);
        };
    }
}
