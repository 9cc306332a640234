package org.skiplab.app.training;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.skiplab.app.plot.FigureFile;

/// Surroundings that keep what they are told; nobody chooses a file there.
public final class Told implements Surroundings {

    private final Queue<String> said = new ConcurrentLinkedQueue<>();

    /// The folder that a person chooses.
    private Optional<Path> folder = Optional.empty();

    private Runnable offered = () -> {};

    public void choose(Optional<Path> chosen) {
        folder = chosen;
    }

    /// Everything in its order: questions and messages as they are, warnings behind `! `.
    public List<String> said() {
        return List.copyOf(said);
    }

    /// Does what was offered last.
    public void takeUp() {
        offered.run();
    }

    @Override
    public void offer(String message, String title, Runnable action) {
        said.add(message);
        offered = action;
    }

    @Override
    public Optional<Path> chooseFile(String name, FigureFile kind) {
        return Optional.empty();
    }

    @Override
    public Optional<Path> chooseFolder(String title) {
        said.add(title);
        return folder;
    }

    @Override
    public void browse(String address) {}

    @Override
    public void tell(String message) {
        said.add(message);
    }

    @Override
    public void warn(String message) {
        said.add("! " + message);
    }
}
