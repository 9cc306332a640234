package org.skiplab.app.compare;

import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.skiplab.app.document.DocumentViewModel;
import org.skiplab.app.fx.Background;
import org.skiplab.app.fx.Newest;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Preset;
import org.skiplab.engine.graph.Presets;
import org.skiplab.engine.graph.diff.Difference;

/// Follows what the document's network has in common with the preset whose name it bears.
public final class OriginViewModel {

    private final Newest<Optional<Origin>> newest;
    private final ReadOnlyObjectWrapper<Optional<Origin>> origin =
            new ReadOnlyObjectWrapper<>(Optional.empty());

    /// @param background where networks are compared
    public OriginViewModel(DocumentViewModel document, Background background) {
        newest = new Newest<>(background);
        document.analysisProperty().subscribe(a -> newest.ask(() -> of(a), origin::set));
    }

    /// Empty when the network has a name of its own.
    public ReadOnlyObjectProperty<Optional<Origin>> originProperty() {
        return origin.getReadOnlyProperty();
    }

    private static Optional<Origin> of(Analysis analysis) {
        Network network = analysis.network();
        if (!(Presets.find(network.name()) instanceof Presets.Lookup.Found(Preset preset))) {
            return Optional.empty();
        }
        Network original =
                preset.network(network.input(), analysis.classes().orElse(preset.classes()));
        return Optional.of(new Origin(network, preset, Difference.between(original, network)));
    }
}
