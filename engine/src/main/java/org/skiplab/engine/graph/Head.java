package org.skiplab.engine.graph;

import org.skiplab.engine.graph.Primitive.BatchNorm;
import org.skiplab.engine.graph.Primitive.Cosine;
import org.skiplab.engine.graph.Primitive.GlobalAvgPool;
import org.skiplab.engine.graph.Primitive.Linear;
import org.skiplab.engine.graph.Primitive.Relu;

/// The end of a network: global average pooling and a classifier that yields one logit per class.
///
/// @param classes number of logits
/// @param activated batch norm and ReLU before pooling, which pre-activation and dense networks
///   need
/// @param classifier linear, or frozen orthogonal directions with absolute cosines as logits
public record Head(int classes, boolean activated, Classifier classifier) implements Composite {

    /// How pooled features become logits.
    public enum Classifier {
        LINEAR("linear"),
        COSINE("frozen orthogonal, |cos|");

        private final String title;

        Classifier(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    public Head {
        Checks.positive("classes", classes);
    }

    @Override
    public int outputChannels(int inputChannels) {
        return classes;
    }

    @Override
    public Circuit inside(Shape input) {
        Circuit.Builder c = new Circuit.Builder();
        String x = Network.INPUT;
        if (activated) {
            x = c.add("bn", BatchNorm.PLAIN, x);
            x = c.add("relu", new Relu(), x);
        }
        x = c.add("pool", new GlobalAvgPool(), x);
        c.add(
                "fc",
                switch (classifier) {
                    case LINEAR -> new Linear(classes, true);
                    case COSINE -> new Cosine(classes);
                },
                x);
        return c.build();
    }
}
