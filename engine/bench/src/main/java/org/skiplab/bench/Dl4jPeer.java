package org.skiplab.bench;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/// DL4J's computation graph on ND4J.
final class Dl4jPeer {

    private final GraphBuilder graph;
    private int count;

    private Dl4jPeer() {
        graph =
                new NeuralNetConfiguration.Builder()
                        .seed(1)
                        .updater(new Nesterovs(Peer.RATE, Peer.MOMENTUM))
                        .weightInit(WeightInit.RELU)
                        .l2(Peer.DECAY)
                        .graphBuilder()
                        .addInputs("images")
                        .setInputTypes(InputType.convolutional(Peer.PIXELS, Peer.PIXELS, 3));
    }

    static double median(Model model, int batch, int warmUp, int steps) throws Exception {
        ComputationGraph net = new Dl4jPeer().network(model);
        net.init();
        INDArray x = Nd4j.randn(DataType.FLOAT, batch, 3, Peer.PIXELS, Peer.PIXELS);
        INDArray y = Nd4j.zeros(DataType.FLOAT, batch, Peer.CLASSES);
        for (int n = 0; n < batch; n++) {
            y.putScalar(n, n % Peer.CLASSES, 1);
        }
        DataSet data = new DataSet(x, y);
        return Peer.median(() -> net.fit(data), warmUp, steps);
    }

    private ComputationGraph network(Model model) {
        String last =
                switch (model) {
                    case Model.Wide wide -> wide(wide);
                    case Model.Dense dense -> dense(dense);
                };
        graph.addLayer(
                "pool", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), rectified(last));
        graph.addLayer(
                "classes",
                new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                        .nOut(Peer.CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build(),
                "pool");
        return new ComputationGraph(graph.setOutputs("classes").build());
    }

    private String wide(Model.Wide wide) {
        String x = convolution("images", 16, 3, 1);
        int channels = 16;
        for (int stage = 0; stage < 3; stage++) {
            int width = 16 * wide.factor() << stage;
            for (int unit = 0; unit < wide.units(); unit++) {
                int stride = stage > 0 && unit == 0 ? 2 : 1;
                String a = rectified(x);
                String branch =
                        convolution(
                                rectified(convolution(a, width, 3, stride)), width, 3, 1);
                String shortcut = channels == width ? x : convolution(a, width, 1, stride);
                x = name("add");
                graph.addVertex(
                        x, new ElementWiseVertex(ElementWiseVertex.Op.Add), branch, shortcut);
                channels = width;
            }
        }
        return x;
    }

    private String dense(Model.Dense dense) {
        int channels = 2 * dense.growth();
        String x = convolution("images", channels, 3, 1);
        for (int stage = 0; stage < 3; stage++) {
            for (int layer = 0; layer < dense.layers(); layer++) {
                String narrow = convolution(rectified(x), 4 * dense.growth(), 1, 1);
                String added = convolution(rectified(narrow), dense.growth(), 3, 1);
                String joined = name("concat");
                graph.addVertex(joined, new MergeVertex(), x, added);
                x = joined;
                channels += dense.growth();
            }
            if (stage < 2) {
                channels /= 2;
                String pooled = name("pool");
                graph.addLayer(
                        pooled,
                        new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG)
                                .kernelSize(2, 2)
                                .stride(2, 2)
                                .build(),
                        convolution(rectified(x), channels, 1, 1));
                x = pooled;
            }
        }
        return x;
    }

    private String name(String kind) {
        return kind + count++;
    }

    private String convolution(String from, int channels, int kernel, int stride) {
        String name = name("conv");
        graph.addLayer(
                name,
                new ConvolutionLayer.Builder(kernel, kernel)
                        .stride(stride, stride)
                        .padding(kernel / 2, kernel / 2)
                        .nOut(channels)
                        .hasBias(false)
                        .activation(Activation.IDENTITY)
                        .build(),
                from);
        return name;
    }

    /// Batch norm and ReLU.
    private String rectified(String from) {
        String norm = name("bn");
        graph.addLayer(norm, new BatchNormalization(), from);
        String relu = name("relu");
        graph.addLayer(relu, new ActivationLayer(Activation.RELU), norm);
        return relu;
    }
}
