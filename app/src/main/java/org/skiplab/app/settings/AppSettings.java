package org.skiplab.app.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.skiplab.app.fx.Background;
import org.skiplab.app.theme.ThemeChoice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The settings that survive a restart. Each is a property; a change is written in the background.
public final class AppSettings {

    private static final Logger LOG = LoggerFactory.getLogger(AppSettings.class);
    private static final int RECENT_FILES = 10;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /// The choice of no size of one's own.
    public static final int SYSTEM_TEXT = 0;

    private final Path file;
    private final Background background;
    private final ObjectNode stored;

    private final ObjectProperty<ThemeChoice> theme;
    private final ObjectProperty<Integer> textChoice;
    private final ObjectProperty<Integer> systemText = new SimpleObjectProperty<>(100);
    private final ObservableValue<Integer> textSize;
    private final ObjectProperty<Boolean> paletteShown;
    private final ObjectProperty<Boolean> inspectorShown;
    private final ObjectProperty<Boolean> insightsShown;
    private final ObjectProperty<Double> windowWidth;
    private final ObjectProperty<Double> windowHeight;
    private final ObjectProperty<Boolean> windowMaximised;
    private final ObjectProperty<List<Path>> recentFiles;

    /// Reads the file if there is one; an unreadable one counts as empty and is replaced at the
    /// next change.
    public AppSettings(AppDirs dirs, Background background) {
        this.file = dirs.config().resolve("settings.json");
        this.background = background;
        this.stored = read(file);
        theme = choice("theme", ThemeChoice.SYSTEM, ThemeChoice.class);
        textChoice = persistent("text-size", SYSTEM_TEXT, n -> n.asInt(SYSTEM_TEXT));
        textSize =
                Bindings.createObjectBinding(
                        () -> textChoice.get() == SYSTEM_TEXT ? systemText.get() : textChoice.get(),
                        textChoice,
                        systemText);
        paletteShown = persistent("palette", true, n -> n.asBoolean(true));
        inspectorShown = persistent("inspector", true, n -> n.asBoolean(true));
        insightsShown = persistent("insights", true, n -> n.asBoolean(true));
        windowWidth = persistent("window-width", 1440.0, n -> n.asDouble(1440));
        windowHeight = persistent("window-height", 900.0, n -> n.asDouble(900));
        windowMaximised = persistent("window-maximised", false, n -> n.asBoolean(false));
        recentFiles = persistent("recent-files", List.of(), AppSettings::paths);
    }

    public ObjectProperty<ThemeChoice> theme() {
        return theme;
    }

    /// Percent of the normal size that a person chose; [#SYSTEM_TEXT] follows the system.
    public ObjectProperty<Integer> textChoice() {
        return textChoice;
    }

    /// Percent of the normal size that the system asks for; told by whoever knows.
    public ObjectProperty<Integer> systemText() {
        return systemText;
    }

    /// Percent of the normal size to show.
    public ObservableValue<Integer> textSize() {
        return textSize;
    }

    public ObjectProperty<Boolean> paletteShown() {
        return paletteShown;
    }

    public ObjectProperty<Boolean> inspectorShown() {
        return inspectorShown;
    }

    /// Whether the insight dock is open.
    public ObjectProperty<Boolean> insightsShown() {
        return insightsShown;
    }

    public ObjectProperty<Double> windowWidth() {
        return windowWidth;
    }

    public ObjectProperty<Double> windowHeight() {
        return windowHeight;
    }

    public ObjectProperty<Boolean> windowMaximised() {
        return windowMaximised;
    }

    /// Newest first.
    public ObjectProperty<List<Path>> recentFiles() {
        return recentFiles;
    }

    public void remember(Path opened) {
        Path path = opened.toAbsolutePath().normalize();
        List<Path> files = new ArrayList<>(List.of(path));
        recentFiles.get().stream()
                .filter(p -> !p.equals(path))
                .limit(RECENT_FILES - 1)
                .forEach(files::add);
        recentFiles.set(List.copyOf(files));
    }

    public void forget(Path path) {
        recentFiles.set(recentFiles.get().stream().filter(p -> !p.equals(path)).toList());
    }

    private <E extends Enum<E>> ObjectProperty<E> choice(String key, E usual, Class<E> type) {
        return persistent(
                key,
                usual,
                node -> {
                    for (E constant : type.getEnumConstants()) {
                        if (constant.name().equals(node.asString(""))) {
                            return constant;
                        }
                    }
                    return usual;
                });
    }

    private <T> ObjectProperty<T> persistent(String key, T usual, Function<JsonNode, T> reader) {
        JsonNode node = stored.get(key);
        ObjectProperty<T> property =
                new SimpleObjectProperty<>(this, key, node == null ? usual : reader.apply(node));
        property.addListener((_, _, value) -> save(key, value));
        return property;
    }

    private void save(String key, Object value) {
        stored.set(
                key,
                JSON.valueToTree(
                        value instanceof List<?> list
                                ? list.stream().map(Object::toString).toList()
                                : value));
        String text = JSON.writeValueAsString(stored);
        background.run(
                () -> {
                    SafeFile.write(file, text);
                    return text;
                },
                _ -> {},
                e -> LOG.warn("The settings could not be written to {}: {}", file, e.getMessage()));
    }

    private static List<Path> paths(JsonNode node) {
        List<Path> paths = new ArrayList<>();
        for (JsonNode each : node) {
            paths.add(Path.of(each.asString("")));
        }
        return List.copyOf(paths);
    }

    private static ObjectNode read(Path file) {
        try {
            if (Files.exists(file)
                    && JSON.readTree(Files.readString(file)) instanceof ObjectNode node) {
                return node;
            }
        } catch (IOException | JacksonException e) {
            LOG.warn("The settings in {} are unreadable and start anew: {}", file, e.getMessage());
        }
        return JSON.createObjectNode();
    }
}
