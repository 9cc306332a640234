package org.skiplab.app.training;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import org.skiplab.app.command.Action;
import org.skiplab.app.diagram.Spotlight;

/// What the training half of the window gives to the main window.
public interface TrainingPanel extends AutoCloseable {

    /// Whether a network is being trained at the moment.
    boolean running();

    /// Play, pause, step, rewind and progress: one bar, as wide as the window, about 48 pixels
    /// high.
    Node transport();

    /// The insights, as tabs; the main window makes it resizable and foldable.
    Node dock();

    /// Lets insights follow what is selected on the canvas.
    void select(List<String> blocks);

    /// Ids of the blocks that a person has cut off in evaluation.
    ObservableValue<Set<String>> cut();

    /// The wires that a chart points at.
    ObservableValue<Spotlight> lit();

    /// Entries of the Train menu and the command palette, in order.
    List<Action> actions();

    /// Entries of the File menu and the command palette that write the network.
    List<Action> exports();

    /// Ids of the gated blocks that ran in the newest mini-batch, which lights their lamps; empty
    /// when there is none.
    ObservableValue<Optional<Set<String>>> ran();

    /// Mean |gradient| of each block's weights, newest reading; empty when there is none.
    ObservableValue<Optional<Map<String, Double>>> gradients();

    /// Milliseconds of a step, forward and backward, that each block takes; empty when nothing is
    /// timed.
    ObservableValue<Optional<Map<String, Double>>> times();

    /// Stops training and frees its memory; waits at most two seconds.
    @Override
    void close();
}
