package org.skiplab.engine.train;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.skiplab.engine.data.Batch;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.Feed;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Seeds;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.kernel.Kernels;
import org.skiplab.engine.nn.Initialisation;
import org.skiplab.engine.nn.Parameters;
import org.skiplab.engine.nn.Plan;
import org.skiplab.engine.nn.PlanDropout;
import org.skiplab.engine.nn.PlanGate;
import org.skiplab.engine.nn.SoftmaxCrossEntropy;
import org.skiplab.engine.probe.Subject;

/// Trains a network step by step on the calling thread: what [TrainingSession] runs in the
/// background and the command line in the foreground. The same seed, data and threads give the same
/// numbers, bit for bit.
public final class Trainer implements AutoCloseable {

    /// What one training step came to.
    ///
    /// @param loss mean cross-entropy of the mini-batch, before the weights moved
    /// @param accuracy share of right answers in the mini-batch
    /// @param learningRate the rate the weights moved with
    /// @param divergence when the run diverged at this step; unless a weight was what stopped being
    ///   a number, the weights were left alone
    public record StepResult(
            double loss, double accuracy, double learningRate, Optional<Divergence> divergence) {}

    /// Where the newest step's time went, nanoseconds; observers' time is left out.
    ///
    /// @param data waiting for the mini-batch and copying it
    /// @param loss the criterion, forward and backward
    public record Spent(long data, long forward, long loss, long backward, long update) {
        public long total() {
            return data + forward + loss + backward + update;
        }
    }

    private Network network;
    private final DataSet data;
    private final KernelPath path;
    private final Parameters parameters;
    private final Descent descent;
    private final Breakdown breakdown;
    private final Learned learned;
    private TrainingSettings settings;
    private Plan plan;
    private SoftmaxCrossEntropy criterion;
    private final Course course;
    private Feed test;
    private Plan.@Nullable Clock clock;
    private Spent spent = new Spent(0, 0, 0, 0, 0);

    /// Compiles the network and sets the initial weights. Call on the thread that will train.
    ///
    /// @throws IllegalArgumentException if network and data do not fit together, with a one-line
    ///   reason
    /// @throws DoesNotFit if there is not enough memory
    public Trainer(Network network, DataSet data, TrainingSettings settings, KernelPath path) {
        MemoryNeed.check(network, settings.batch(), settings.optimiser(), path, 0);
        this.network = network;
        this.data = data;
        this.settings = settings;
        this.path = path;
        Kernels kernels = path.open();
        parameters = Parameters.of(network, kernels.type());
        plan = Plan.compile(network, settings.batch(), parameters, kernels);
        criterion = new SoftmaxCrossEntropy(plan.logits());
        descent = new Descent(parameters, settings.optimiser());
        breakdown = new Breakdown(parameters);
        learned = new Learned(parameters, descent);
        Initialisation.initialise(parameters, seeds(), settings.initialisation());
        course = new Course(data, settings);
        test = Feed.evaluation(data.test(), data.normalisation(), settings.batch());
    }

    private Seeds seeds() {
        return new Seeds(settings.seed());
    }

    /// What is trained, drop paths as knobs have set them.
    public Network network() {
        return network;
    }

    public Parameters parameters() {
        return parameters;
    }

    public Plan plan() {
        return plan;
    }

    /// The settings in force, as knobs have changed them.
    public TrainingSettings settings() {
        return settings;
    }

    /// Steps done since the initial weights.
    public int steps() {
        return course.steps();
    }

    /// Epochs finished.
    public int epochs() {
        return course.epochs();
    }

    /// Whole mini-batches in the training set; the rest of it is left out.
    public int stepsPerEpoch() {
        return course.stepsPerEpoch();
    }

    /// Where the newest finished step's time went.
    public Spent spent() {
        return spent;
    }

    /// Bytes of native memory of weights, gradients and momenta.
    public long arrayBytes() {
        return parameters.bytes() + descent.bytes();
    }

    /// Lets a clock observe every operation, also those of later plans.
    public void observe(Plan.@Nullable Clock observer) {
        clock = observer;
        plan.observe(observer);
    }

    /// Whether the last step finished an epoch.
    public boolean atEpochEnd() {
        return course.atEpochEnd();
    }

    /// The network as probes find it between two steps; to be closed before the trainer.
    Subject subject() {
        return new Subject(this::network, parameters, data, path, this::survival, course::steps);
    }

    private Map<String, Double> survival() {
        Map<String, Double> byBlock = new HashMap<>();
        plan.gates().forEach(g -> byBlock.put(g.block(), g.probability()));
        return byBlock;
    }

    /// Survival probabilities in force, one per gate.
    public double[] probabilities() {
        return plan.gates().stream().mapToDouble(PlanGate::probability).toArray();
    }

    /// Their blocks, in the same order.
    public List<String> gatedBlocks() {
        return plan.gates().stream().map(PlanGate::block).toList();
    }

    /// Looks at the network in the middle of a step.
    public interface Observer {
        /// All gradients are complete, the weights have not moved yet.
        void beforeUpdate();

        /// The weights have moved.
        void afterUpdate();
    }

    /// One mini-batch: forward, backward, and the weights move.
    public StepResult step() throws InterruptedException {
        return step(null);
    }

    /// The same, observed.
    public StepResult step(@Nullable Observer observer) throws InterruptedException {
        long began = System.nanoTime();
        Batch batch = course.take();
        draw();
        load(batch);
        long loaded = System.nanoTime();
        plan.forward(true);
        long forwarded = System.nanoTime();
        double loss =
                criterion.loss(
                        batch.labels(),
                        batch.count(),
                        settings.labelSmoothing(),
                        plan.logitsGradient());
        double accuracy = (double) criterion.right(batch.labels(), batch.count()) / batch.count();
        double factor =
                settings.schedule().factor(course.epochsOf(settings.epochs()), settings.epochs());
        double rate = settings.optimiser().learningRate() * factor;
        if (!Double.isFinite(loss)) {
            return diverged(
                    Divergence.Cause.LOSS_NOT_FINITE,
                    breakdown.firstBroken(plan),
                    loss,
                    accuracy,
                    rate);
        }
        long judged = System.nanoTime();
        plan.backward();
        long returned = System.nanoTime();
        if (breakdown.runsAway(loss, plan.logits().channels())) {
            return diverged(
                    Divergence.Cause.RUNAWAY, breakdown.steepest(plan), loss, accuracy, rate);
        }
        if (observer != null) {
            observer.beforeUpdate();
        }
        long updating = System.nanoTime();
        descent.step(plan.kernels(), settings.optimiser(), factor, settings.clip());
        spent =
                new Spent(
                        loaded - began,
                        forwarded - loaded,
                        judged - forwarded,
                        returned - judged,
                        System.nanoTime() - updating);
        if (observer != null) {
            observer.afterUpdate();
        }
        if (!Floats.finite(parameters.others())) {
            return diverged(
                    Divergence.Cause.WEIGHTS_NOT_FINITE,
                    breakdown.lastBroken(plan),
                    loss,
                    accuracy,
                    rate);
        }
        course.done(batch);
        return new StepResult(loss, accuracy, rate, Optional.empty());
    }

    private StepResult diverged(
            Divergence.Cause cause, String layer, double loss, double accuracy, double rate) {
        return new StepResult(
                loss,
                accuracy,
                rate,
                Optional.of(new Divergence(cause, steps() + 1, layer, loss, rate)));
    }

    private void draw() {
        Seeds seeds = seeds();
        RandomGenerator random = Seeds.stream(seeds.of(Seeds.Purpose.GATE, steps()));
        for (PlanGate gate : plan.gates()) {
            gate.draw(random);
        }
        int layer = 0;
        for (PlanDropout dropout : plan.dropouts()) {
            dropout.draw(seeds.of(Seeds.Purpose.DROPOUT, steps(), layer++));
        }
    }

    private void load(Batch batch) {
        MemorySegment images = batch.images();
        plan.input().segment().copyFrom(images.asSlice(0, plan.input().segment().byteSize()));
    }

    /// The whole test set in evaluation mode.
    public Evaluation evaluate() throws InterruptedException {
        plan.gates().forEach(PlanGate::evaluate);
        int classes = plan.logits().channels();
        int[][] confusion = new int[classes][classes];
        double loss = 0;
        int right = 0;
        int images = 0;
        short[] answers = new short[data.test().size()];
        for (int b = 0; b < test.batchesPerEpoch(); b++) {
            Batch batch = test.take();
            load(batch);
            plan.forward(false);
            loss += criterion.loss(batch.labels(), batch.count(), 0, null) * batch.count();
            right += criterion.right(batch.labels(), batch.count());
            for (int n = 0; n < batch.count(); n++) {
                confusion[batch.labels()[n]][criterion.answer(n)]++;
                answers[batch.indices()[n]] = (short) criterion.answer(n);
            }
            images += batch.count();
        }
        return new Evaluation(
                epochs(), steps(), loss / images, (double) right / images, confusion, answers);
    }

    /// Back to the initial weights, step 0.
    public void rewind() {
        Initialisation.initialise(parameters, seeds(), settings.initialisation());
        descent.reset(plan.kernels());
        go(Checkpoint.Place.start(settings.seed()));
    }

    /// A copy of everything learned so far.
    public Checkpoint checkpoint() {
        return new Checkpoint(
                learned.copy(),
                new Checkpoint.Place(
                        steps(), epochs(), course.place(), descent.steps(), settings.seed()));
    }

    /// Goes on where a checkpoint of the same network was made. Settings stay as they are now.
    ///
    /// @throws IllegalArgumentException if the checkpoint is of another network, with a one-line
    ///   reason; then nothing has changed
    public void restore(Checkpoint checkpoint) {
        Checkpoint.Fit fit = checkpoint.fit(network);
        if (!fit.complete()) {
            throw new IllegalArgumentException(
                    "these weights are of another network: "
                            + (fit.ofArrays() - fit.arrays())
                            + " of "
                            + fit.ofArrays()
                            + " arrays do not fit, the first in "
                            + fit.renewed().getFirst()
                            + "; open the design they were trained with");
        }
        descent.reset(plan.kernels());
        learned.write(checkpoint, true);
        descent.resume(checkpoint.place().updates());
        go(checkpoint.place());
    }

    /// Takes over the values of all arrays that fit and starts at step 0; the others keep their
    /// initial values.
    public void carry(Checkpoint checkpoint) {
        rewind();
        learned.write(checkpoint, false);
    }

    private void go(Checkpoint.Place to) {
        breakdown.forget();
        course.go(to, settings);
    }

    /// Acts at the next step.
    ///
    /// @throws IllegalArgumentException if the value is out of range, with a one-line reason
    public void turn(Knob knob) {
        switch (knob) {
            case Knob.SurvivalSchedule k -> setSurvival(k);
            case Knob.Augment _ -> {
                settings = settings.turned(knob);
                course.feedAnew(settings);
            }
            case Knob.Dropout k -> plan.dropouts().forEach(d -> d.setProbability(k.value()));
            case Knob.DesignedDropout _ ->
                    plan.dropouts().forEach(d -> d.setProbability(d.designed()));
            case Knob.DropPaths k -> {
                network = network.withGateMode(k.value());
                recompile();
            }
            case Knob.BatchSize k -> rebatch(k.value());
            case Knob.OfRun _ -> settings = settings.turned(knob);
        }
    }

    private void setSurvival(Knob.SurvivalSchedule knob) {
        var p = network.withSurvival(knob.value()).survivalProbabilities();
        for (PlanGate gate : plan.gates()) {
            Double value = p.get(gate.block());
            if (value != null) {
                gate.setProbability(value);
            }
        }
    }

    private void rebatch(int batch) {
        TrainingSettings next = settings.withBatch(batch);
        if (batch > data.train().size()) {
            throw new IllegalArgumentException(
                    "a batch of "
                            + batch
                            + " is larger than the "
                            + data.train().size()
                            + " training images");
        }
        MemoryNeed.check(network, batch, next.optimiser(), path, plan.bytes() + arrayBytes());
        settings = next;
        recompile();
        course.feedAnew(settings);
        test.close();
        test = Feed.evaluation(data.test(), data.normalisation(), batch);
    }

    /// Compiles network and batch size anew; what knobs did to the old plan stays.
    private void recompile() {
        List<PlanGate> oldGates = plan.gates();
        List<PlanDropout> oldDropouts = plan.dropouts();
        plan.close();
        plan = Plan.compile(network, settings.batch(), parameters, path.open());
        plan.observe(clock);
        for (int i = 0; i < oldGates.size(); i++) {
            plan.gates().get(i).setProbability(oldGates.get(i).probability());
        }
        for (int i = 0; i < oldDropouts.size(); i++) {
            plan.dropouts().get(i).setProbability(oldDropouts.get(i).probability());
        }
        criterion = new SoftmaxCrossEntropy(plan.logits());
    }

    @Override
    public void close() {
        course.close();
        test.close();
        plan.close();
        descent.close();
        parameters.close();
    }
}
