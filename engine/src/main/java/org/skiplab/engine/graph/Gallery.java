package org.skiplab.engine.graph;

import static org.skiplab.engine.graph.Paper.DENSE;
import static org.skiplab.engine.graph.Paper.IDENTITY_MAPPINGS;
import static org.skiplab.engine.graph.Paper.RESNET;
import static org.skiplab.engine.graph.Paper.STOCHASTIC_DEPTH;
import static org.skiplab.engine.graph.Paper.WIDE;

import java.util.ArrayList;
import java.util.List;
import org.skiplab.engine.graph.Architecture.ImageNetDenseNet;
import org.skiplab.engine.graph.Architecture.ImageNetResNet;

/// The networks of the gallery with what the papers' tables say about each.
final class Gallery {
    private static final Shape IMAGENET = new Shape(224, 224, 3);
    private static final int IMAGENET_CLASSES = 1000;
    private static final String LIVE_SIZE =
            "Small enough to watch it learn; the paper has no figures for it.";

    private Gallery() {}

    /// Family by family, small to large.
    static List<Preset> presets() {
        List<Preset> all = new ArrayList<>();
        all.add(
                family("plain-20")
                        .note("ResNet-20 without its shortcuts; 1512.03385 Figure 6 (left).")
                        .preset());
        residual(all);
        preActivation(all);
        stochastic(all);
        wide(all);
        dense(all);
        return List.copyOf(all);
    }

    private static void residual(List<Preset> all) {
        String table = "Table 6";
        all.add(family("resnet-8").note(LIVE_SIZE).preset());
        all.add(family("resnet-20").says(RESNET, table, "ResNet 20", "0.27M").c10(8.75).preset());
        all.add(family("resnet-32").says(RESNET, table, "ResNet 32", "0.46M").c10(7.51).preset());
        all.add(family("resnet-44").says(RESNET, table, "ResNet 44", "0.66M").c10(7.17).preset());
        all.add(family("resnet-56").says(RESNET, table, "ResNet 56", "0.85M").c10(6.97).preset());
        all.add(
                family("resnet-110")
                        .says(RESNET, table + ", best of 5 runs", "ResNet 110", "1.7M")
                        .c10(6.43)
                        .says(
                                IDENTITY_MAPPINGS,
                                "Table 1, median of 5 runs",
                                "original, identity shortcut",
                                "")
                        .c10(6.61)
                        .preset());
        all.add(
                family("resnet-1202")
                        .says(RESNET, table, "ResNet 1202", "19.4M")
                        .c10(7.93)
                        .preset());
        String tenCrop = "Table 3, 10-crop";
        all.add(
                imageNet("resnet-18", "ResNet-18", List.of(2, 2, 2, 2), Residual.Form.BASIC)
                        .note("The paper's Table 2 used zero-padded shortcuts; this is option B.")
                        .says(
                                RESNET,
                                "Table 2, 10-crop, zero-padded shortcuts",
                                "ResNet, 18 layers",
                                "")
                        .imageNet(27.88)
                        .preset());
        all.add(
                imageNet("resnet-34", "ResNet-34", List.of(3, 4, 6, 3), Residual.Form.BASIC)
                        .says(RESNET, tenCrop, "ResNet-34 B", "")
                        .imageNet(24.52)
                        .preset());
        all.add(
                new Draft(
                                "resnet-34-v1",
                                "ResNet-34 v1",
                                Family.RESNET,
                                new ImageNetResNet(
                                        List.of(3, 4, 6, 3),
                                        Residual.Form.BASIC,
                                        ActivationOrder.ORIGINAL,
                                        true,
                                        false,
                                        false,
                                        null),
                                IMAGENET,
                                IMAGENET_CLASSES)
                        .note(
                                "ResNet-34 with a projection in every stage's first block; published figures are"
                                        + " for resnet-34.")
                        .preset());
        all.add(
                imageNet("resnet-50", "ResNet-50", List.of(3, 4, 6, 3), Residual.Form.BOTTLENECK)
                        .says(RESNET, tenCrop, "ResNet-50", "")
                        .imageNet(22.85)
                        .preset());
        all.add(
                imageNet("resnet-101", "ResNet-101", List.of(3, 4, 23, 3), Residual.Form.BOTTLENECK)
                        .says(RESNET, tenCrop, "ResNet-101", "")
                        .imageNet(21.75)
                        .preset());
        all.add(
                imageNet("resnet-152", "ResNet-152", List.of(3, 8, 36, 3), Residual.Form.BOTTLENECK)
                        .says(RESNET, tenCrop, "ResNet-152", "")
                        .imageNet(21.43)
                        .preset());
    }

    private static void preActivation(List<Preset> all) {
        all.add(
                new Draft(
                                "resnet-34-v2",
                                "ResNet-34 v2",
                                Family.PRE_ACTIVATION,
                                new ImageNetResNet(
                                        List.of(3, 4, 6, 3),
                                        Residual.Form.BASIC,
                                        ActivationOrder.FULL_PRE_ACTIVATION,
                                        true,
                                        true,
                                        false,
                                        null),
                                IMAGENET,
                                IMAGENET_CLASSES)
                        .note(
                                "Projections (conv + BN) read the raw input and no batch norm follows the last"
                                        + " block, unlike the paper; it has no published figures.")
                        .preset());
        String tables = "Tables 3 and 4, batch 128";
        all.add(
                family("preact-resnet-110")
                        .says(IDENTITY_MAPPINGS, "Table 3, batch 128", "ResNet-110", "")
                        .c10(6.37)
                        .preset());
        all.add(
                family("preact-resnet-164")
                        .says(IDENTITY_MAPPINGS, tables, "ResNet-164", "1.7M")
                        .c10(5.46)
                        .c100(24.33)
                        .preset());
        all.add(
                family("preact-resnet-1001")
                        .says(IDENTITY_MAPPINGS, tables, "ResNet-1001", "10.2M")
                        .c10(4.92)
                        .c100(22.71)
                        .says(IDENTITY_MAPPINGS, "Table 4, batch 64", "ResNet-1001", "10.2M")
                        .c10(4.62)
                        .preset());
    }

    private static void stochastic(List<Preset> all) {
        all.add(
                new Draft(
                                "stochastic-resnet-50",
                                "ResNet-50 with stochastic depth",
                                Family.STOCHASTIC_DEPTH,
                                new ImageNetResNet(
                                        List.of(3, 4, 6, 3),
                                        Residual.Form.BOTTLENECK,
                                        ActivationOrder.ORIGINAL,
                                        false,
                                        false,
                                        false,
                                        Gate.SCHEDULED),
                                IMAGENET,
                                IMAGENET_CLASSES)
                        .note(
                                "The paper found no gain on ImageNet (ResNet-152: 21.98 against 21.78 at constant"
                                        + " depth).")
                        .preset());
        String difference =
                "Shortcuts average and zero-pad as in the authors' code, whose convolutions also have biases.";
        all.add(
                family("stochastic-resnet-110")
                        .note(difference + " At constant depth they have 6.41 and 27.76.")
                        .says(
                                STOCHASTIC_DEPTH,
                                "Table 1, at the best validation epoch",
                                "ResNet with stochastic depth, 110 layers",
                                "")
                        .c10(5.25)
                        .c100(24.98)
                        .says(
                                STOCHASTIC_DEPTH,
                                "§4, without augmentation",
                                "ResNet with stochastic depth, 110 layers",
                                "")
                        .figure("CIFAR-10", 11.66)
                        .figure("CIFAR-100", 37.8)
                        .preset());
        all.add(
                family("stochastic-resnet-1202")
                        .note(difference + " At constant depth they have 6.67.")
                        .says(
                                STOCHASTIC_DEPTH,
                                "§4, \"Training with a 1202-layer ResNet\"",
                                "stochastic depth, 1202 layers",
                                "")
                        .c10(4.91)
                        .preset());
    }

    private static void wide(List<Preset> all) {
        String zca = "Table 4, ZCA whitening";
        String meanStd = "Table 5, mean/std normalisation";
        all.add(family("wrn-16-1").note(LIVE_SIZE).preset());
        all.add(family("wrn-16-2").note(LIVE_SIZE).preset());
        all.add(
                family("wrn-16-4")
                        .says(WIDE, "Table 6, without dropout", "WRN-16-4", "")
                        .c10(5.02)
                        .c100(24.03)
                        .figure("SVHN", 1.85)
                        .note(
                                "With dropout 0.3 (SVHN: 0.4) inside its blocks Table 6 has 5.24, 23.91 and"
                                        + " 1.64.")
                        .preset());
        all.add(
                family("wrn-16-8")
                        .says(WIDE, meanStd, "WRN-16-8", "11.0M")
                        .c10(4.27)
                        .c100(20.43)
                        .says(WIDE, zca, "16, k = 8", "11.0M")
                        .c10(4.81)
                        .c100(22.07)
                        .says(WIDE, "§3, \"Dropout in residual blocks\"", "WRN-16-8", "")
                        .figure("SVHN", 1.81)
                        .note("With dropout 0.4 inside its blocks Table 9 has 1.54 on SVHN.")
                        .preset());
        all.add(
                family("wrn-28-10")
                        .says(WIDE, meanStd, "WRN-28-10", "36.5M")
                        .c10(4.00)
                        .c100(19.25)
                        .says(WIDE, zca, "28, k = 10", "36.5M")
                        .c10(4.17)
                        .c100(20.50)
                        .note("With dropout 0.3 inside its blocks Table 6 has 3.89 and 18.85.")
                        .preset());
        all.add(
                family("wrn-40-1")
                        .says(WIDE, zca, "40, k = 1", "0.6M")
                        .c10(6.85)
                        .c100(30.89)
                        .preset());
        all.add(
                family("wrn-40-4")
                        .says(WIDE, meanStd, "WRN-40-4", "8.9M")
                        .c10(4.53)
                        .c100(21.18)
                        .says(WIDE, zca, "40, k = 4", "8.9M")
                        .c10(4.97)
                        .c100(22.89)
                        .preset());
    }

    private static void dense(List<Preset> all) {
        String table = "Table 2";
        all.add(
                family("densenet-40-12")
                        .says(DENSE, table, "DenseNet, L = 40, k = 12", "1.0M")
                        .plainAndAugmented(7.00, 5.24, 27.55, 24.42)
                        .preset());
        all.add(family("densenet-bc-40-12").note(LIVE_SIZE).preset());
        all.add(
                family("densenet-bc-100-12")
                        .says(DENSE, table, "DenseNet-BC, L = 100, k = 12", "0.8M")
                        .plainAndAugmented(5.92, 4.51, 24.15, 22.27)
                        .preset());
        all.add(
                family("densenet-bc-250-24")
                        .says(DENSE, table, "DenseNet-BC, L = 250, k = 24", "15.3M")
                        .plainAndAugmented(5.19, 3.62, 19.64, 17.60)
                        .preset());
        all.add(
                family("densenet-bc-190-40")
                        .says(DENSE, table, "DenseNet-BC, L = 190, k = 40", "25.6M")
                        .c10(3.46)
                        .c100(17.18)
                        .preset());
        String singleCrop = "Table 3, single crop";
        String tenCrop = "Table 3, 10-crop";
        all.add(
                denseImageNet("densenet-121", List.of(6, 12, 24, 16), 32, 64)
                        .says(DENSE, singleCrop, "DenseNet-121", "")
                        .imageNet(25.02)
                        .says(DENSE, tenCrop, "DenseNet-121", "")
                        .imageNet(23.61)
                        .preset());
        all.add(
                denseImageNet("densenet-161", List.of(6, 12, 36, 24), 48, 96)
                        .says(DENSE, "authors' README", "DenseNet-161 (k = 48)", "")
                        .imageNet(22.2)
                        .preset());
        all.add(
                denseImageNet("densenet-169", List.of(6, 12, 32, 32), 32, 64)
                        .says(DENSE, singleCrop, "DenseNet-169", "")
                        .imageNet(23.80)
                        .says(DENSE, tenCrop, "DenseNet-169", "")
                        .imageNet(22.08)
                        .preset());
        all.add(
                denseImageNet("densenet-201", List.of(6, 12, 48, 32), 32, 64)
                        .says(DENSE, singleCrop, "DenseNet-201", "")
                        .imageNet(22.58)
                        .says(DENSE, tenCrop, "DenseNet-201", "")
                        .imageNet(21.46)
                        .preset());
    }

    private static Draft family(String name) {
        Preset member = FamilyName.read(name).orElseThrow();
        return new Draft(
                name,
                member.title(),
                member.family(),
                member.architecture(),
                member.input(),
                member.classes());
    }

    private static Draft imageNet(
            String name, String title, List<Integer> blocks, Residual.Form form) {
        return new Draft(
                name,
                title,
                Family.RESNET,
                new ImageNetResNet(
                        blocks, form, ActivationOrder.ORIGINAL, false, false, false, null),
                IMAGENET,
                IMAGENET_CLASSES);
    }

    private static Draft denseImageNet(String name, List<Integer> layers, int growth, int stem) {
        return new Draft(
                name,
                "DenseNet-" + name.substring(name.lastIndexOf('-') + 1),
                Family.DENSE,
                new ImageNetDenseNet(layers, growth, stem),
                IMAGENET,
                IMAGENET_CLASSES);
    }

    /// A preset while its figures are being written down.
    private static final class Draft {
        private final Preset bare;
        private final List<Published> published = new ArrayList<>();
        private String note = "";

        Draft(
                String name,
                String title,
                Family family,
                Architecture architecture,
                Shape input,
                int classes) {
            bare = new Preset(name, title, family, architecture, "", List.of(), input, classes);
        }

        Draft note(String text) {
            note = text;
            return this;
        }

        Draft says(Paper paper, String table, String row, String parameters) {
            published.add(Published.row(paper, table, row, parameters));
            return this;
        }

        Draft figure(String data, double percent) {
            published.add(published.removeLast().figure(data, percent));
            return this;
        }

        Draft c10(double percent) {
            return figure("CIFAR-10+", percent);
        }

        Draft c100(double percent) {
            return figure("CIFAR-100+", percent);
        }

        Draft imageNet(double percent) {
            return figure("ImageNet top-1", percent);
        }

        Draft plainAndAugmented(double c10, double c10Plus, double c100, double c100Plus) {
            return figure("CIFAR-10", c10).c10(c10Plus).figure("CIFAR-100", c100).c100(c100Plus);
        }

        Preset preset() {
            return new Preset(
                    bare.name(),
                    bare.title(),
                    bare.family(),
                    bare.architecture(),
                    note,
                    published,
                    bare.input(),
                    bare.classes());
        }
    }
}
