package org.skiplab.app.run;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.skiplab.app.training.DataChoice;
import org.skiplab.engine.graph.Network;
import org.skiplab.engine.graph.Survival;
import org.skiplab.engine.graph.file.JsonText;
import org.skiplab.engine.train.Knob;
import org.skiplab.engine.train.KnobChange;
import org.skiplab.engine.train.Optimiser;
import org.skiplab.engine.train.Schedule;
import org.skiplab.engine.train.TrainingSettings;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `run.json` of a kept run: everything but the network (which is a design file beside it), the
/// curves and the weights. Records are written as they are; what has kinds says which in `kind`.
final class RunForm {
    private RunForm() {}

    private static final int VERSION = 1;

    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
    private interface Kinds {}

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .addMixIn(Optimiser.class, Kinds.class)
                    .addMixIn(Schedule.class, Kinds.class)
                    .addMixIn(Survival.class, Kinds.class)
                    .addMixIn(Knob.class, Kinds.class)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    /// What stands in the file.
    private record Form(
            int version,
            String name,
            String network,
            Instant begun,
            String data,
            String dataTitle,
            int limit,
            DataChoice.@Nullable Scaling scaling,
            TrainingSettings settings,
            KeptRun.@Nullable Parent parent,
            List<KnobChange> knobs,
            KeptRun.Outcome outcome) {}

    static String text(KeptRun run) {
        JsonNode tree =
                JSON.valueToTree(
                        new Form(
                                VERSION,
                                run.name(),
                                run.network().name(),
                                run.begun(),
                                run.source().spec(),
                                run.source().title(),
                                run.source().limit(),
                                run.source().scaling(),
                                run.settings(),
                                run.parent(),
                                run.knobs(),
                                run.outcome()));
        return JsonText.of(tree);
    }

    /// @throws IllegalArgumentException with one line if this is no run
    static KeptRun run(String id, String text, Network network) {
        Form form;
        try {
            form = JSON.readValue(text, Form.class);
        } catch (JacksonException e) {
            String why = Objects.requireNonNullElse(e.getOriginalMessage(), "not JSON");
            throw new IllegalArgumentException(why.lines().findFirst().orElse(why), e);
        }
        if (form == null || form.version() > VERSION) {
            throw new IllegalArgumentException("it was written by a newer SkipLab");
        }
        if (form.version() < 1
                || form.name() == null
                || form.begun() == null
                || form.data() == null
                || form.dataTitle() == null
                || form.settings() == null
                || form.knobs() == null
                || form.outcome() == null) {
            throw new IllegalArgumentException("something is missing in it");
        }
        return new KeptRun(
                id,
                form.name(),
                form.begun(),
                network,
                new KeptRun.Source(
                        form.data(),
                        form.dataTitle(),
                        form.limit(),
                        Objects.requireNonNullElse(form.scaling(), DataChoice.Scaling.COMPUTED)),
                form.settings(),
                form.parent(),
                form.knobs(),
                form.outcome(),
                List.of());
    }
}
