package org.skiplab.app.gallery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.skiplab.app.settings.SafeFile;
import org.skiplab.engine.kernel.KernelPath;
import org.skiplab.engine.kernel.Threads;
import org.skiplab.engine.train.Pace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// How fast this machine trains: measured once, then kept in a file until the machine or the
/// kernels are others.
public final class PaceStore {

    private static final Logger LOG = LoggerFactory.getLogger(PaceStore.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final int FORM = 1;

    private final Path file;

    public PaceStore(Path state) {
        this.file = state.resolve("pace.json");
    }

    /// What was measured before on this machine.
    public Optional<Pace> stored() {
        try {
            if (Files.exists(file)) {
                JsonNode tree = JSON.readTree(Files.readString(file));
                if (tree.path("form").asInt(0) == FORM
                        && tree.path("machine").asString("").equals(machine())) {
                    return Optional.of(
                            new Pace(
                                    tree.path("mac").asDouble(-1),
                                    tree.path("activation").asDouble(-1),
                                    tree.path("dense-activation").asDouble(-1),
                                    tree.path("parameter").asDouble(-1)));
                }
            }
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            LOG.warn("{} is unreadable and measured anew: {}", file, e.getMessage());
        }
        return Optional.empty();
    }

    /// Measures, which takes some seconds.
    public Pace measure() throws InterruptedException {
        return Pace.measure(KernelPath.chosen(), Thread::interrupted);
    }

    /// Writes a measurement to the file.
    ///
    /// @return the same measurement
    public Pace keep(Pace pace) {
        ObjectNode tree = JSON.createObjectNode();
        tree.put("form", FORM);
        tree.put("machine", machine());
        tree.put("mac", pace.secondsPerMac());
        tree.put("activation", pace.secondsPerActivation());
        tree.put("dense-activation", pace.secondsPerDenseActivation());
        tree.put("parameter", pace.secondsPerParameter());
        try {
            SafeFile.write(file, JSON.writeValueAsString(tree));
        } catch (IOException e) {
            LOG.warn("The measurement could not be kept in {}: {}", file, e.getMessage());
        }
        return pace;
    }

    private static String machine() {
        return System.getProperty("os.arch")
                + " "
                + Threads.COUNT
                + " threads "
                + KernelPath.chosen().title();
    }
}
