package org.skiplab.app.symptom;

import java.util.function.Function;
import org.skiplab.app.plot.Numbers;

/// The rules, in the order in which they are shown. Each is a pure function of the signals.
public enum Rule {
    UPDATES_TOO_LARGE(
            "Updates are too large for the weights",
            "A rough heuristic is an update of about 10⁻³ of the weights per step; if it is much higher, the learning rate is likely too high.",
            "‖Δw‖ ÷ ‖w‖ > " + Numbers.plain(Rules.LARGE_UPDATE),
            "CS231n, Neural Networks Part 3",
            "https://cs231n.github.io/neural-networks-3/#ratio",
            Rules::updatesTooLarge),
    UPDATES_TOO_SMALL(
            "Weights hardly move",
            "A rough heuristic is an update of about 10⁻³ of the weights per step; if it is much lower, the learning rate might be too low.",
            "‖Δw‖ ÷ ‖w‖ < " + Numbers.plain(Rules.SMALL_UPDATE),
            "CS231n, Neural Networks Part 3",
            "https://cs231n.github.io/neural-networks-3/#ratio",
            Rules::updatesTooSmall),
    SIGNAL_FADES(
            "The learning signal fades on its way to the input",
            "Plain networks that only stack layers are hard to optimise when they are deep; identity shortcuts let the signal pass directly from any block to any other.",
            "mean |∂L/∂w|, first ÷ last block < " + Numbers.plain(Rules.FADED),
            "1603.05027 §2",
            "https://arxiv.org/abs/1603.05027",
            Rules::signalFades),
    DEAD_RELUS(
            "Many ReLU channels are dead",
            "A ReLU that is 0 for every image passes no gradient back: its channel cannot learn any more. Batch norm before the ReLU and a smaller learning rate keep channels alive.",
            "channels with ReLU = 0 everywhere > " + Numbers.percent(Rules.DEAD),
            "CS231n, Neural Networks Part 1",
            "https://cs231n.github.io/neural-networks-1/#actfun",
            Rules::deadRelus),
    SURVIVAL_TOO_LOW(
            "Survival is low for a network this shallow",
            "In Figure 8 deeper networks do well with p_L = 0.5, while shallow ones want gentler dropping; a network of a few blocks may gain nothing from stochastic depth.",
            "L < " + Rules.DEEP + " and p_l < " + Rules.GENTLE,
            "1603.09382 Figure 8",
            "https://arxiv.org/abs/1603.09382",
            Rules::survivalTooLow),
    OVERFITS(
            "It knows the training images much better than the test images",
            "Stochastic depth is also a regulariser: without augmentation it took ResNet-110 from 13.63 % to 11.66 % test error on CIFAR-10.",
            "accuracy, train − test > " + Numbers.percent(Rules.GAP),
            "1603.09382 §4",
            "https://arxiv.org/abs/1603.09382",
            Rules::overfits),
    BN_AFTER_ADDITION(
            "Batch norm stands behind the addition",
            "Batch norm after the addition alters the signal that passes through the shortcut: ResNet-110 on CIFAR-10 errs 8.17 % instead of 6.61 %.",
            "bn(x + F(x))",
            "1603.05027 Table 2",
            "https://arxiv.org/abs/1603.05027",
            Rules::batchNormAfterAddition),
    SHORTCUT_NOT_CLEAN(
            "Shortcuts do not carry the signal unchanged",
            "On ResNet-110, replacing every identity shortcut makes it worse: 1×1 convolutions 12.22 %, gating at best 8.70 %, and scaling by 0.5, dropout 0.5 or no shortcut fail; identity errs 6.61 %.",
            "h(x) + F(x), h(x) ≠ x",
            "1603.05027 Table 1",
            "https://arxiv.org/abs/1603.05027",
            Rules::shortcutNotClean);

    private final String title;
    private final String sentence;
    private final String formula;
    private final String source;
    private final String address;
    private final Function<Signals, Signals.Finding> judgement;

    Rule(
            String title,
            String sentence,
            String formula,
            String source,
            String address,
            Function<Signals, Signals.Finding> judgement) {
        this.title = title;
        this.sentence = sentence;
        this.formula = formula;
        this.source = source;
        this.address = address;
        this.judgement = judgement;
    }

    public String title() {
        return title;
    }

    /// What the source says about it.
    public String sentence() {
        return sentence;
    }

    /// What it looks for.
    public String formula() {
        return formula;
    }

    public String source() {
        return source;
    }

    public String address() {
        return address;
    }

    public Signals.Finding judge(Signals signals) {
        return judgement.apply(signals);
    }
}
