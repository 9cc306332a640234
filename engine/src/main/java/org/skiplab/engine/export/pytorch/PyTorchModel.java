package org.skiplab.engine.export.pytorch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.skiplab.engine.export.Npz;
import org.skiplab.engine.export.Sample;
import org.skiplab.engine.export.TorchNames;
import org.skiplab.engine.export.Weights;
import org.skiplab.engine.graph.Analysis;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Primitive;
import org.skiplab.engine.graph.file.WholeFile;
import org.skiplab.engine.nn.Parameters;

/// A network as a PyTorch program in a folder: `model.py`, `weights.npz`, and `sample.npz` with
/// what SkipLab computes for a mini-batch. `python3 model.py --check` compares the two (PyTorch
/// 1.13 or newer).
public final class PyTorchModel {
    private PyTorchModel() {}

    /// Writes the three files into an existing folder and returns them.
    ///
    /// @param network runnable
    /// @param sample of this network and these arrays
    /// @throws IOException if one of them cannot be written
    public static List<Path> write(
            Network network, Parameters parameters, Sample sample, Path folder) throws IOException {
        TorchNames names = new TorchNames(network);
        Path model = folder.resolve("model.py");
        Path weights = folder.resolve("weights.npz");
        Path check = folder.resolve("sample.npz");
        Weights.writeNpz(parameters, names, weights);
        WholeFile.write(check, fresh -> writeSample(network, sample, names, fresh));
        String source = source(network, names);
        WholeFile.write(model, fresh -> Files.writeString(fresh, source, StandardCharsets.UTF_8));
        return List.of(model, weights, check);
    }

    private static void writeSample(Network network, Sample sample, TorchNames names, Path file)
            throws IOException {
        try (Npz npz = new Npz(file)) {
            array(npz, "images", sample.images());
            npz.longs("labels", IntStream.of(sample.labels()).asLongStream().toArray());
            array(npz, "logits", sample.exact().logits());
            npz.doubles("loss", new double[] {sample.exact().loss()});
            array(npz, "single/logits", sample.logitsInUse());
            npz.doubles("single/loss", new double[] {sample.lossInUse()});
            for (Sample.GateDraw gate : sample.gates()) {
                byte[] open = new byte[gate.open().length];
                for (int i = 0; i < open.length; i++) {
                    open[i] = (byte) (gate.open()[i] ? 1 : 0);
                }
                npz.bytes("gate/" + gate(network, gate.block(), names), open, open.length);
            }
            for (Sample.DropoutDraw d : sample.dropouts()) {
                npz.bytes("dropout/" + names.path(d.layer()), d.kept(), d.shape());
            }
            for (Map.Entry<String, Sample.Array> e : sample.exact().gradients().entrySet()) {
                array(npz, "gradient/" + names.path(e.getKey()), e.getValue());
            }
            for (Map.Entry<String, Sample.Array> e : sample.exact().statistics().entrySet()) {
                array(npz, "statistics/" + names.path(e.getKey()), e.getValue());
            }
        }
    }

    private static String gate(Network network, String block, TorchNames names) {
        boolean free = network.node(block).block() instanceof Primitive;
        return names.of(block) + (free ? "" : ".drop_path");
    }

    private static void array(Npz npz, String name, Sample.Array array) throws IOException {
        npz.doubles(name, array.values(), array.shape());
    }

    private static String source(Network network, TorchNames names) {
        Source body = new Source();
        new NetworkClass(network, names).write(body);
        Source file = new Source();
        file.lines(header(network));
        file.blank();
        boolean ordered = body.text().contains("OrderedDict(");
        file.lines("import argparse\nimport sys");
        if (ordered) {
            file.line("from collections import OrderedDict");
        }
        file.lines(
                """
                from pathlib import Path

                import numpy as np
                import torch
                import torch.nn.functional as F
                from torch import nn

                HERE = Path(__file__).resolve().parent
                """);
        for (Prelude piece : Prelude.values()) {
            if (piece.neededBy(body.text())) {
                file.blank().blank().lines(piece.python());
            }
        }
        file.blank().blank().lines(body.text());
        file.blank().blank().lines(Check.PYTHON);
        return file.text();
    }

    private static String header(Network network) {
        Analysis analysis = Analysis.of(network);
        return String.format(
                Locale.ROOT,
                """
                \"""%s, exported by SkipLab.

                Images are float tensors [n, %d, %d, %d]; the output is one logit per class (%d).
                %,d trainable numbers, %,d multiply-accumulates per image.
                %s
                    from model import Network, load

                    model = load(Network()).eval()

                `python3 model.py --check` compares this program with what SkipLab computed (sample.npz).
                \"""
                """,
                network.name().replace('"', '\'').replace('\\', '/'),
                network.input().channels(),
                network.input().height(),
                network.input().width(),
                analysis.classes().orElse(0),
                analysis.parameters(),
                analysis.macs(),
                network.name().matches("(.*-)?resnet-.*") && network.input().height() < 64
                        ? "This is a network for small images: not the ResNet of that depth in torchvision.\n"
                        : "");
    }
}
