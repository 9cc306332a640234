package org.skiplab.engine.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.graph.Primitive;

/// A oneDNN convolution in NHWC. Weights stay in PyTorch's layout; the three passes each reorder to
/// or from the layout that oneDNN prefers, which costs next to nothing beside the convolution.
/// Slices of wider tensors are staged densely.
final class OneDnnConvolution implements Operation {

    private final OneDnn.Call reorderForward;
    private final OneDnn.Call forward;
    private final OneDnn.@Nullable Call reorderBackward;
    private final OneDnn.@Nullable Call backwardData;
    private final OneDnn.Call backwardWeights;
    private final OneDnn.Call reorderGradient;
    private final DenseStandIns standIns;

    OneDnnConvolution(
            OneDnn dnn,
            VectorElementwise elementwise,
            Primitive.Convolution layer,
            Operand x,
            Operand weight,
            @Nullable Operand bias,
            Operand y) {
        standIns = new DenseStandIns(elementwise, x, y);
        Tensor in = x.value();
        Tensor out = y.value();
        long k = layer.kernel();
        long[] strides = {layer.stride(), layer.stride()};
        long[] padding = {layer.padding(), layer.padding()};
        memory.format_tag nhwc = memory.format_tag.nhwc;
        memory.desc src = dnn.describe(nhwc, in.batch(), in.channels(), in.height(), in.width());
        memory.desc dst =
                dnn.describe(nhwc, out.batch(), out.channels(), out.height(), out.width());
        memory.desc any = dnn.describe(memory.format_tag.any, out.channels(), in.channels(), k, k);
        memory.desc plain =
                dnn.describe(memory.format_tag.oihw, out.channels(), in.channels(), k, k);
        memory.desc biases = dnn.describe(memory.format_tag.x, out.channels());
        int direct = dnnl.algorithm.convolution_direct.value;
        int training = dnnl.prop_kind.forward_training.value;

        convolution_forward.primitive_desc f =
                dnn.own(
                        bias == null
                                ? new convolution_forward.primitive_desc(
                                        dnn.engine(),
                                        training,
                                        direct,
                                        src,
                                        any,
                                        dst,
                                        strides,
                                        padding,
                                        padding,
                                        dnn.attributes(),
                                        false)
                                : new convolution_forward.primitive_desc(
                                        dnn.engine(),
                                        training,
                                        direct,
                                        src,
                                        any,
                                        biases,
                                        dst,
                                        strides,
                                        padding,
                                        padding,
                                        dnn.attributes(),
                                        false));
        memory weights = dnn.at(weight.value().address(), plain);
        memory forwardWeights = dnn.allocate(dnn.own(f.weights_desc()));
        reorderForward = reorder(dnn, weights, forwardWeights);
        memory dstMemory = dnn.at(standIns.y(), dst);
        memory srcMemory = dnn.at(standIns.x(), src);
        convolution_forward call = new convolution_forward(f);
        forward =
                bias == null
                        ? dnn
                        .new Call(
                                call,
                                DNNL_ARG_SRC,
                                srcMemory,
                                DNNL_ARG_WEIGHTS,
                                forwardWeights,
                                DNNL_ARG_DST,
                                dstMemory)
                        : dnn
                        .new Call(
                                call,
                                DNNL_ARG_SRC,
                                srcMemory,
                                DNNL_ARG_WEIGHTS,
                                forwardWeights,
                                DNNL_ARG_BIAS,
                                dnn.at(bias.value().address(), biases),
                                DNNL_ARG_DST,
                                dstMemory);

        memory dy = dnn.at(standIns.dy(), dst);
        if (x.gradient() == null) {
            reorderBackward = null;
            backwardData = null;
        } else {
            convolution_backward_data.primitive_desc d =
                    dnn.own(
                            new convolution_backward_data.primitive_desc(
                                    dnn.engine(),
                                    direct,
                                    src,
                                    any,
                                    dst,
                                    strides,
                                    padding,
                                    padding,
                                    f,
                                    dnn.attributes(),
                                    false));
            memory backwardWeightsMemory = dnn.allocate(dnn.own(d.weights_desc()));
            reorderBackward = reorder(dnn, weights, backwardWeightsMemory);
            backwardData =
                    dnn
                    .new Call(
                            new convolution_backward_data(d),
                            DNNL_ARG_DIFF_DST,
                            dy,
                            DNNL_ARG_WEIGHTS,
                            backwardWeightsMemory,
                            DNNL_ARG_DIFF_SRC,
                            dnn.at(standIns.dx(), src));
        }
        convolution_backward_weights.primitive_desc w =
                dnn.own(
                        bias == null
                                ? new convolution_backward_weights.primitive_desc(
                                        dnn.engine(),
                                        direct,
                                        src,
                                        any,
                                        dst,
                                        strides,
                                        padding,
                                        padding,
                                        f,
                                        dnn.attributes(),
                                        false)
                                : new convolution_backward_weights.primitive_desc(
                                        dnn.engine(),
                                        direct,
                                        src,
                                        any,
                                        biases,
                                        dst,
                                        strides,
                                        padding,
                                        padding,
                                        f,
                                        dnn.attributes(),
                                        false));
        memory gradient = dnn.allocate(dnn.own(w.diff_weights_desc()));
        convolution_backward_weights weightsCall = new convolution_backward_weights(w);
        backwardWeights =
                bias == null
                        ? dnn
                        .new Call(
                                weightsCall,
                                DNNL_ARG_SRC,
                                srcMemory,
                                DNNL_ARG_DIFF_DST,
                                dy,
                                DNNL_ARG_DIFF_WEIGHTS,
                                gradient)
                        : dnn
                        .new Call(
                                weightsCall,
                                DNNL_ARG_SRC,
                                srcMemory,
                                DNNL_ARG_DIFF_DST,
                                dy,
                                DNNL_ARG_DIFF_WEIGHTS,
                                gradient,
                                DNNL_ARG_DIFF_BIAS,
                                dnn.at(bias.incoming().address(), biases));
        reorderGradient = reorder(dnn, gradient, dnn.at(weight.incoming().address(), plain));
    }

    private static OneDnn.Call reorder(OneDnn dnn, memory from, memory to) {
        return dnn.new Call(new reorder(from, to), DNNL_ARG_FROM, from, DNNL_ARG_TO, to);
    }

    @Override
    public void forward(boolean training) {
        standIns.loadX();
        reorderForward.run();
        forward.run();
        standIns.storeY();
    }

    @Override
    public void backward() {
        standIns.loadDy();
        if (backwardData != null && reorderBackward != null) {
            reorderBackward.run();
            backwardData.run();
        }
        backwardWeights.run();
        reorderGradient.run();
        standIns.storeDx();
    }
}
