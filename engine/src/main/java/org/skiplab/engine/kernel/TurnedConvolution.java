package org.skiplab.engine.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.skiplab.engine.graph.Primitive;

/// The images' gradient of a stride-1 convolution, added to what is there: itself a convolution of
/// the outputs' gradient, with the filters turned by 180° and in and out exchanged. As such oneDNN
/// can add its result; what it calls backward data can only overwrite, and adding then costs a walk
/// over the gradient. The rest is left to a [OneDnnConvolution] that knows of no such gradient.
final class TurnedConvolution implements Operation {

    private static final MemorySegment ALL = TensorMemory.ALL;

    /// Turning more numbers takes longer than the walk that it saves.
    private static final long MOST_WEIGHTS = 40_000;

    private final Operation rest;
    private final Tensor weight;
    private final long turned;
    private final int kernel;
    private final OneDnn.Call reorder;
    private final OneDnn.Call convolution;

    static boolean takes(Primitive.Convolution layer, Operand x, Operand weight, Operand y) {
        return x.accumulates()
                && x.gradient() != null
                && x.gradient().dense()
                && y.incoming().dense()
                && layer.stride() == 1
                && 2 * layer.padding() == layer.kernel() - 1
                && weight.value().size() <= MOST_WEIGHTS;
    }

    /// @param rest the same convolution without the images' gradient
    TurnedConvolution(
            OneDnn dnn,
            Workspace workspace,
            Operation rest,
            Primitive.Convolution layer,
            Operand x,
            Operand weight,
            Operand y) {
        this.rest = rest;
        this.weight = weight.value();
        kernel = layer.kernel();
        turned = workspace.take("turned", this.weight.size());
        Tensor dy = y.incoming();
        Tensor dx = x.incoming();
        int in = dx.channels();
        int out = dy.channels();
        memory.format_tag nhwc = memory.format_tag.nhwc;
        memory.desc src = dnn.describe(nhwc, dy.batch(), out, dy.height(), dy.width());
        memory.desc dst = dnn.describe(nhwc, dx.batch(), in, dx.height(), dx.width());
        long[] padding = {layer.padding(), layer.padding()};
        primitive_attr adding = dnn.own(new primitive_attr());
        post_ops sum = dnn.own(new post_ops());
        sum.append_sum();
        adding.set_post_ops(sum);
        convolution_forward.primitive_desc description =
                dnn.own(
                        new convolution_forward.primitive_desc(
                                dnn.engine(),
                                dnnl.prop_kind.forward_inference.value,
                                dnnl.algorithm.convolution_direct.value,
                                src,
                                dnn.describe(memory.format_tag.any, in, out, kernel, kernel),
                                dst,
                                new long[] {1, 1},
                                padding,
                                padding,
                                adding,
                                false));
        memory plain =
                dnn.at(turned, dnn.describe(memory.format_tag.oihw, in, out, kernel, kernel));
        memory blocked = dnn.allocate(dnn.own(description.weights_desc()));
        reorder =
                dnn
                .new Call(new reorder(plain, blocked), DNNL_ARG_FROM, plain, DNNL_ARG_TO, blocked);
        convolution =
                dnn
                .new Call(
                        new convolution_forward(description),
                        DNNL_ARG_SRC,
                        dnn.at(dy.address(), src),
                        DNNL_ARG_WEIGHTS,
                        blocked,
                        DNNL_ARG_DST,
                        dnn.at(dx.address(), dst));
    }

    @Override
    public void forward(boolean training) {
        rest.forward(training);
    }

    @Override
    public void backward() {
        rest.backward();
        turn();
        reorder.run();
        convolution.run();
    }

    /// `[out, in, k, k]` to `[in, out, k, k]`, each filter back to front.
    private void turn() {
        int in = Math.toIntExact(weight.shape()[1]);
        int out = weight.batch();
        int area = kernel * kernel;
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                long from = weight.address() + 4L * area * (o * in + i);
                long to = turned + 4L * area * (i * out + o);
                for (int k = 0; k < area; k++) {
                    float w = ALL.get(ValueLayout.JAVA_FLOAT_UNALIGNED, from + 4L * k);
                    ALL.set(ValueLayout.JAVA_FLOAT_UNALIGNED, to + 4L * (area - 1 - k), w);
                }
            }
        }
    }
}
