package org.skiplab.engine.train;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.skiplab.engine.data.Augmentation;
import org.skiplab.engine.train.Optimiser.Sgd;
import org.skiplab.engine.train.Schedule.Steps;
import org.skiplab.engine.train.Schedule.WarmUp;

/// How the papers trained, under a name. All are SGD with momentum 0.9 and weight decay on every
/// trainable array, and normalise images by the training set's mean and deviation.
public enum Recipe {
    LIVE(
            "live",
            "Short live run",
            "",
            "a short run on the bundled digits",
            TrainingSettings.DEFAULT),
    RESNET(
            "resnet",
            "ResNet, CIFAR",
            "1512.03385, section 4.2",
            "64,000 steps, as epochs of their 45,000 training images",
            papers(128, 182, sgd(0.1, false, 1e-4), tenths(0.5, 0.75), Augmentation.CIFAR)),
    RESNET_110(
            "resnet-110",
            "ResNet-110, CIFAR",
            "1512.03385, section 4.2",
            "a tenth of the rate for 400 steps, in place of waiting until a fifth of the training images are right",
            papers(
                    128,
                    182,
                    sgd(0.1, false, 1e-4),
                    new WarmUp(1.14, 0.1, true, tenths(0.5, 0.75)),
                    Augmentation.CIFAR)),
    PREACT(
            "preact",
            "Identity mappings, CIFAR",
            "1603.05027, appendix",
            "a tenth of the rate for the first 400 of 64,000 steps; the best ResNet-1001 had batch 64",
            papers(
                    128,
                    182,
                    sgd(0.1, false, 1e-4),
                    new WarmUp(1.14, 0.1, true, tenths(0.5, 0.75)),
                    Augmentation.CIFAR)),
    STOCHASTIC_DEPTH(
            "stochastic-depth",
            "Stochastic depth, CIFAR",
            "1603.09382, section 4",
            "held 5,000 training images out to choose the epoch",
            papers(128, 500, sgd(0.1, true, 1e-4), tenths(0.5, 0.75), Augmentation.CIFAR)),
    STOCHASTIC_DEPTH_1202(
            "stochastic-depth-1202",
            "Stochastic depth 1202, CIFAR",
            "1603.09382, section 4",
            "rate 0.01 for the first 10 epochs",
            papers(
                    128,
                    300,
                    sgd(0.1, true, 1e-4),
                    new WarmUp(10, 0.1, true, tenths(0.5, 0.75)),
                    Augmentation.CIFAR)),
    STOCHASTIC_DEPTH_SVHN(
            "stochastic-depth-svhn",
            "Stochastic depth, SVHN",
            "1603.09382, section 4",
            "",
            papers(128, 50, sgd(0.1, true, 1e-4), tenths(0.6, 0.7), Augmentation.NONE)),
    WRN(
            "wrn",
            "Wide ResNet, CIFAR",
            "1605.07146, section 3",
            "the figures of Table 4 are with ZCA whitening, those of Table 5 with these images",
            papers(
                    128,
                    200,
                    sgd(0.1, true, 5e-4),
                    new Steps(0.2, List.of(0.3, 0.6, 0.8)),
                    Augmentation.REFLECTED)),
    WRN_SVHN(
            "wrn-svhn",
            "Wide ResNet, SVHN",
            "1605.07146, section 3",
            "the authors divide pixels by 255 only; their best networks have dropout 0.4",
            papers(128, 160, sgd(0.01, true, 5e-4), tenths(0.5, 0.75), Augmentation.NONE)),
    DENSENET(
            "densenet",
            "DenseNet, CIFAR",
            "1608.06993, section 4.2",
            "without augmentation the authors add dropout 0.2",
            papers(64, 300, sgd(0.1, true, 1e-4), tenths(0.5, 0.75), Augmentation.CIFAR)),
    DENSENET_SVHN(
            "densenet-svhn",
            "DenseNet, SVHN",
            "1608.06993, section 4.2",
            "the authors add dropout 0.2",
            papers(64, 40, sgd(0.1, true, 1e-4), tenths(0.5, 0.75), Augmentation.NONE));

    private final String text;
    private final String title;
    private final String paper;
    private final String note;
    private final TrainingSettings settings;

    Recipe(String text, String title, String paper, String note, TrainingSettings settings) {
        this.text = text;
        this.title = title;
        this.paper = paper;
        this.note = note;
        this.settings = settings;
    }

    private static Sgd sgd(double rate, boolean nesterov, double decay) {
        return new Sgd(rate, 0.9, nesterov, decay, true);
    }

    private static Steps tenths(double... shares) {
        return new Steps(0.1, Arrays.stream(shares).boxed().toList());
    }

    private static TrainingSettings papers(
            int batch, int epochs, Sgd sgd, Schedule schedule, Augmentation augmentation) {
        return TrainingSettings.DEFAULT
                .withBatch(batch)
                .withEpochs(epochs)
                .withOptimiser(sgd)
                .withSchedule(schedule)
                .withAugmentation(augmentation);
    }

    /// The name on the command line: `wrn-svhn`.
    public String text() {
        return text;
    }

    public String title() {
        return title;
    }

    /// Where the paper says so: arXiv number and section; empty if there is none.
    public String paper() {
        return paper;
    }

    /// What else a person should know, such as where the authors did something that this cannot;
    /// may be empty.
    public String note() {
        return note;
    }

    public TrainingSettings settings() {
        return settings;
    }

    /// @throws IllegalArgumentException with a one-line reason that names the recipes
    public static Recipe parse(String text) {
        return Arrays.stream(values())
                .filter(r -> r.text.equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "'" + text + "' is no recipe; there are " + names()));
    }

    /// All names, separated by commas.
    public static String names() {
        return Arrays.stream(values()).map(Recipe::text).collect(Collectors.joining(", "));
    }
}
