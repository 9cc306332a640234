package org.skiplab.app.gallery;

import java.util.Map;
import java.util.Optional;
import org.skiplab.app.diagram.Scenery;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Shape;
import org.skiplab.engine.graph.edit.BlockEdits;
import org.skiplab.engine.graph.edit.Edit;
import org.skiplab.engine.train.Pace;

/// What the gallery shows of an entry once it has been read and analysed.
///
/// @param scenery the layout its picture is drawn from
/// @param digits what a training step on one bundled digit asks for; empty if the network cannot
///   take such small images
public record Exhibit(Scenery scenery, Optional<Pace.Load> digits) {

    /// The bundled digits: shape, classes, and images of an epoch.
    static final Shape DIGIT = new Shape(28, 28, 1);

    static final int DIGIT_CLASSES = 10;
    static final int DIGITS = 9_000;

    public static Exhibit of(Network network) {
        Analysis analysis = Analysis.of(network);
        return new Exhibit(
                Scenery.of(analysis, Map.of(), Map.of()),
                forDigits(network)
                        .filter(Analysis::runnable)
                        .map(a -> Pace.Load.of(a, Pace.BATCH)));
    }

    public Network network() {
        return analysis().network();
    }

    public Analysis analysis() {
        return scenery.analysis();
    }

    /// Seconds of an epoch on the bundled digits, about.
    public Optional<Double> epoch(Optional<Pace> pace) {
        return pace.flatMap(p -> digits.map(load -> DIGITS * p.secondsPerImage(load)));
    }

    private static Optional<Analysis> forDigits(Network network) {
        return switch (BlockEdits.fit(network, DIGIT, DIGIT_CLASSES)) {
            case Edit.Done done -> Optional.of(Analysis.of(done.network()));
            case Edit.Refused _ -> Optional.empty();
        };
    }
}
