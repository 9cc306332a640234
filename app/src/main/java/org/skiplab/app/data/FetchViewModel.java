package org.skiplab.app.data;

import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.fx.Background;
import org.skiplab.engine.data.fetch.FetchProgress;
import org.skiplab.engine.data.fetch.FetchResult;
import org.skiplab.engine.data.fetch.PublishedSet;

/// One published set: whether it is here, and how fetching it goes.
public final class FetchViewModel {

    /// Where the set stands.
    public enum State {
        ABSENT,
        /// A part came before; fetching goes on from there.
        PART,
        /// Another set comes first.
        WAITING,
        FETCHING,
        HERE,
        FAILED
    }

    private final PublishedSet set;
    private final Path parent;
    private final Fetching fetching;
    private final Background background;
    private final Runnable fetched;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.ABSENT);
    private final ReadOnlyStringWrapper status = new ReadOnlyStringWrapper("");
    private final ReadOnlyDoubleWrapper share = new ReadOnlyDoubleWrapper(0);
    private volatile @Nullable FetchProgress newest;
    private @Nullable FetchProgress told;
    private @Nullable Errand errand;

    /// @param parent folder of all fetched sets
    /// @param background where fetching happens, one set after the other
    /// @param fetched told when the set has become whole
    FetchViewModel(
            PublishedSet set,
            Path parent,
            Fetching fetching,
            Background background,
            Runnable fetched) {
        this.set = set;
        this.parent = parent;
        this.fetching = fetching;
        this.background = background;
        this.fetched = fetched;
    }

    public PublishedSet set() {
        return set;
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// How it goes, in one line; empty where there is nothing to say.
    public ReadOnlyStringProperty statusProperty() {
        return status.getReadOnlyProperty();
    }

    /// Done of all bytes, in `[0, 1]`.
    public ReadOnlyDoubleProperty shareProperty() {
        return share.getReadOnlyProperty();
    }

    /// The folder in which people can put the files by hand.
    public Path folder() {
        return set.folder(parent);
    }

    public boolean isBusy() {
        return state.get() == State.FETCHING || state.get() == State.WAITING;
    }

    /// What is found on the disk.
    ///
    /// @param bytes of it that are there
    void found(boolean whole, long bytes) {
        if (isBusy()) {
            return;
        }
        state.set(whole ? State.HERE : bytes > 0 ? State.PART : State.ABSENT);
        share.set(whole ? 1 : (double) bytes / set.bytes());
        status.set(state.get() == State.PART ? Sizes.some(bytes, set.bytes()) + " are here" : "");
        if (whole) {
            fetched.run();
        }
    }

    /// Begins, or goes on with what came before.
    public void fetch() {
        if (isBusy() || state.get() == State.HERE) {
            return;
        }
        Errand own = new Errand();
        errand = own;
        newest = null;
        told = null;
        state.set(State.WAITING);
        status.set("Waits for another fetch");
        background.run(
                own.of(() -> fetching.fetch(set, parent, p -> newest = p)),
                result -> ended(own, result),
                e -> failed("it could not be fetched (" + e.getMessage() + "); try again"));
    }

    /// Stops; what came is kept.
    public void cancel() {
        Errand now = errand;
        if (now != null) {
            now.callOff();
            status.set("Stops");
        }
    }

    private void ended(Errand own, Optional<FetchResult> result) {
        if (errand != own) {
            return;
        }
        errand = null;
        switch (result.orElseGet(FetchResult.Cancelled::new)) {
            case FetchResult.Fetched _ -> {
                state.set(State.ABSENT);
                found(true, set.bytes());
            }
            case FetchResult.Cancelled _ -> {
                FetchProgress last = newest;
                state.set(State.ABSENT);
                found(false, last == null ? (long) (share.get() * set.bytes()) : last.doneBytes());
            }
            case FetchResult.Failed failed -> failed(failed.message());
        }
    }

    private void failed(String message) {
        errand = null;
        state.set(State.FAILED);
        status.set(message);
    }

    /// Takes over the newest progress; once a frame.
    void pulse() {
        FetchProgress now = newest;
        Errand own = errand;
        if (now == null || now == told || own == null || own.isCalledOff()) {
            return;
        }
        told = now;
        state.set(State.FETCHING);
        share.set(now.totalBytes() == 0 ? 0 : (double) now.doneBytes() / now.totalBytes());
        status.set(now.doneBytes() >= now.totalBytes() ? "Checks what came" : Sizes.progress(now));
    }
}
