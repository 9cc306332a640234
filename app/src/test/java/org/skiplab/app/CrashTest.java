package org.skiplab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javafx.application.Application;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.skiplab.app.document.Autosave;
import org.skiplab.app.fx.Background;
import org.skiplab.app.fx.Toolkit;
import org.skiplab.app.settings.AppDirs;

/// Kills the running program like a power cut does, and looks what is left.
class CrashTest {

    @TempDir Path folder;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the folders are given by XDG variables")
    void killedOnceItSavedByItselfTheNextStartOffersTheEdit() throws Exception {
        Process first = start("edit");
        BufferedReader said = first.inputReader(StandardCharsets.UTF_8);
        assertThat(wordOf(said)).isEqualTo("edited");
        Path recovery = AppDirs.of("Linux", folder, environment()).state().resolve("recovery");
        while (first.isAlive() && !savedIn(recovery)) {
            Thread.sleep(50);
        }
        first.destroyForcibly().waitFor();
        assertThat(first.exitValue()).as("killed, not ended in order").isEqualTo(128 + 9);

        AppDirs dirs = AppDirs.of("Linux", folder, environment());
        try (Autosave look = new Autosave(dirs.state(), "look", Background.INLINE, Duration.ZERO)) {
            List<Autosave.Leftover> leftovers = look.leftovers();
            assertThat(leftovers).hasSize(1);
            assertThat(leftovers.getFirst().design().network().survivalProbabilities())
                    .containsOnlyKeys("stage1_block1");
        }

        Process second = start("look");
        assertThat(wordOf(second.inputReader(StandardCharsets.UTF_8)))
                .isEqualTo("SkipLab ended unexpectedly with unsaved changes to resnet-8.");
        second.destroyForcibly().waitFor();
    }

    private static boolean savedIn(Path recovery) throws IOException {
        try (Stream<Path> files = Files.list(recovery)) {
            return files.anyMatch(f -> f.toString().endsWith(".skiplab"));
        }
    }

    private Map<String, String> environment() {
        return Map.of(
                "XDG_CONFIG_HOME", folder.resolve("config").toString(),
                "XDG_STATE_HOME", folder.resolve("state").toString());
    }

    private Process start(String what) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(a -> !a.startsWith("-javaagent") && !a.startsWith("-agentlib"))
                        .toList());
        command.add("-Dglass.platform=Headless");
        command.add("-Dprism.order=sw");
        command.add("-cp");
        command.add(
                Objects.requireNonNull(
                        System.getProperty(
                                "surefire.test.class.path",
                                System.getProperty("java.class.path"))));
        command.add(Child.class.getName());
        command.add(what);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment());
        builder.redirectError(folder.resolve(what + ".log").toFile());
        return builder.start();
    }

    private static String wordOf(BufferedReader said) throws IOException {
        String line = said.readLine();
        while (line != null && !line.startsWith(Child.SAYS)) {
            line = said.readLine();
        }
        return Objects.requireNonNull(line, "the program ended before it was killed")
                .substring(Child.SAYS.length());
    }

    /// The program, with somebody at its keyboard.
    public static final class Child {

        static final String SAYS = "child: ";

        private Child() {}

        public static void main(String[] args) {
            Thread person = new Thread(() -> act(args[0]), "person");
            person.setDaemon(true);
            person.start();
            Application.launch(SkipLab.class);
        }

        private static void act(String what) {
            try {
                Scene scene = scene();
                if (what.equals("edit")) {
                    Hand hand = new Hand(scene);
                    hand.keys(KeyCode.RIGHT);
                    hand.keys(KeyCode.RIGHT);
                    hand.keys(KeyCode.RIGHT);
                    hand.keys(KeyCode.G);
                    System.out.println(SAYS + "edited");
                } else {
                    System.out.println(SAYS + message(scene));
                }
                System.out.flush();
            } catch (Exception | AssertionError e) {
                e.printStackTrace();
                Runtime.getRuntime().halt(1);
            }
        }

        private static Scene scene() throws Exception {
            Optional<Scene> scene = Optional.empty();
            while (scene.isEmpty()) {
                Thread.sleep(100);
                try {
                    scene =
                            Toolkit.call(() ->
                                    Window.getWindows().stream()
                                            .filter(Window::isShowing)
                                            .map(Window::getScene)
                                            .findFirst());
                } catch (IllegalStateException _) {
                    // JavaFX is not there yet.
                }
            }
            return scene.get();
        }

        private static String message(Scene scene) throws Exception {
            while (true) {
                Thread.sleep(100);
                Optional<String> text =
                        Toolkit.call(() -> {
                            Node bar = scene.getRoot().lookup("#message-bar");
                            return bar != null && bar.isVisible()
                                    ? bar.lookupAll(".label").stream()
                                            .map(l -> ((Label) l).getText())
                                            .filter(t -> t != null && t.length() > 10)
                                            .findFirst()
                                    : Optional.<String>empty();
                        });
                if (text.isPresent()) {
                    return text.get();
                }
            }
        }
    }
}
