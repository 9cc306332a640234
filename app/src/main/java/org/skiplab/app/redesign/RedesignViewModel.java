package org.skiplab.app.redesign;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.document.DocumentViewModel;
import org.skiplab.app.fx.Background;
import org.skiplab.app.fx.Newest;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.diff.Deviation;
import org.skiplab.engine.graph.redesign.Blueprint;
import org.skiplab.engine.graph.redesign.Knobs;
import org.skiplab.engine.graph.redesign.Redesign;

/// Turns the knobs of the whole network. A drag of a slider is one undoable step; weights whose
/// shapes still fit are kept by a running session as with every other edit.
public final class RedesignViewModel {

    /// Enough to see what is at stake.
    private static final int MOST_LOSSES = 6;

    private final DocumentViewModel document;
    private final ReadOnlyObjectWrapper<Plan> plan = new ReadOnlyObjectWrapper<>(new Plan.None());
    private final ReadOnlyObjectWrapper<Optional<Redesign.Refused>> refusal =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Newest<Optional<Blueprint>> newest;
    private Optional<Blueprint> blueprint = Optional.empty();
    private @Nullable Network read;
    private boolean allowed;

    /// @param background where networks are compared with the recipes
    public RedesignViewModel(DocumentViewModel document, Background background) {
        this.document = document;
        newest = new Newest<>(background);
        document.analysisProperty().subscribe(a -> follow(a.network()));
    }

    public ReadOnlyObjectProperty<Plan> planProperty() {
        return plan.getReadOnlyProperty();
    }

    /// Why the last value was not taken, and which ones near it would be.
    public ReadOnlyObjectProperty<Optional<Redesign.Refused>> refusalProperty() {
        return refusal.getReadOnlyProperty();
    }

    /// Turns a knob.
    ///
    /// @param sliding whether more values may follow until [#endGesture]
    /// @return whether the value was taken
    public boolean turn(String knob, @Nullable Object value, boolean sliding) {
        Network now = document.network();
        if (!now.equals(read)) {
            take(now, Blueprint.of(now));
        }
        if (blueprint.isEmpty()
                || !(plan.get() instanceof Plan.Recipe recipe)
                || !recipe.turnable()) {
            return false;
        }
        return switch (Knobs.turn(blueprint.get().architecture(), knob, value)) {
            case Redesign.Done(var architecture) -> {
                refusal.set(Optional.empty());
                Network after = Blueprint.network(architecture, document.network());
                document.edit(
                        "Redesign as " + after.name(), after, sliding ? "redesign " + knob : null);
                yield true;
            }
            case Redesign.Refused refused -> {
                refusal.set(Optional.of(refused));
                yield false;
            }
        };
    }

    /// Lets the knobs be turned although changes made by hand get lost.
    public void allow() {
        allowed = true;
        show();
    }

    /// The slider was let go: the next change is an undoable step of its own.
    public void endGesture() {
        document.endGesture();
    }

    private void follow(Network network) {
        if (!network.equals(read)) {
            newest.ask(
                    () -> Blueprint.of(network),
                    found -> {
                        if (!network.equals(read)) {
                            take(network, found);
                        }
                    });
        }
    }

    private void take(Network network, Optional<Blueprint> found) {
        read = network;
        allowed = false;
        refusal.set(Optional.empty());
        blueprint = found;
        show();
    }

    private void show() {
        plan.set(blueprint.<Plan>map(this::recipe).orElseGet(Plan.None::new));
    }

    private Plan recipe(Blueprint found) {
        return new Plan.Recipe(
                Blueprint.title(found.architecture()),
                Knobs.of(found.architecture()),
                losses(found),
                allowed);
    }

    private static List<String> losses(Blueprint found) {
        List<Deviation> all = found.byHand().deviations();
        List<String> lines = all.stream().limit(MOST_LOSSES).map(RedesignViewModel::line).toList();
        if (all.size() <= MOST_LOSSES) {
            return lines;
        }
        List<String> shortened = new ArrayList<>(lines);
        shortened.add((all.size() - MOST_LOSSES) + " more");
        return shortened;
    }

    private static String line(Deviation deviation) {
        return switch (deviation) {
            case Deviation.Added(var node) -> node.id() + " added: " + deviation.text();
            case Deviation.Removed(var node) -> node.id() + " removed: " + deviation.text();
            case Deviation.Altered a -> a.after().id() + ": " + a.text();
            case Deviation.Whole _ -> deviation.text();
        };
    }
}
