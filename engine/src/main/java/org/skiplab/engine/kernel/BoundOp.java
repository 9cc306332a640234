package org.skiplab.engine.kernel;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/// One of ND4J's custom operations, bound to its arrays once.
final class BoundOp {
    private final DynamicCustomOp op;
    private final OpContext context;

    BoundOp(String name, List<INDArray> inputs, List<INDArray> outputs, long... integers) {
        op = DynamicCustomOp.builder(name).build();
        context = Nd4j.getExecutioner().buildContext();
        context.allowHelpers(false);
        context.setIArguments(integers);
        context.setInputArrays(inputs);
        context.setOutputArrays(outputs);
    }

    /// `z = op(a) · op(b) + keep · z`, where `op` transposes if asked.
    static BoundOp matmul(
            INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray z, int keep) {
        BoundOp op =
                new BoundOp(
                        "matmul",
                        List.of(a, b),
                        List.of(z),
                        transposeA ? 1 : 0,
                        transposeB ? 1 : 0,
                        0);
        op.context.setTArguments(1, keep);
        return op;
    }

    /// `y = max(x, 0)`; both may be one array.
    static BoundOp relu(INDArray x, INDArray y) {
        BoundOp op = new BoundOp("relu", List.of(x), List.of(y));
        op.context.setTArguments(0);
        return op;
    }

    /// `dx = dy` where `y > 0`, else 0; `dx` and `dy` may be one array.
    static BoundOp reluGradient(INDArray y, INDArray dy, INDArray dx) {
        return new BoundOp("relu_bp", List.of(y, dy), List.of(dx));
    }

    void run() {
        Nd4j.exec(op, context);
    }
}
