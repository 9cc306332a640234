package org.skiplab.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.beans.property.SimpleBooleanProperty;
import org.junit.jupiter.api.Test;

class CommandSearchTest {

    private final List<Action> actions =
            List.of(
                    action("Zoom to selection", true),
                    action("Insert Residual v1, basic", true),
                    action("Insert Residual v2", true),
                    action("New resnet-20", true),
                    action("Paste", false));

    @Test
    void nothingTypedFindsEverythingThatIsPossible() {
        assertThat(find("")).hasSize(4);
    }

    @Test
    void allWordsMustOccurInAnyOrder() {
        assertThat(find("v2 ins")).containsExactly("Insert Residual v2");
    }

    @Test
    void beginningsOfWordsComeBeforeMiddles() {
        assertThat(find("res").getFirst()).isEqualTo("Insert Residual v1, basic");
        assertThat(find("se"))
                .containsExactly(
                        "Zoom to selection", "Insert Residual v1, basic", "Insert Residual v2");
    }

    @Test
    void impossibleActionsAreNotOffered() {
        assertThat(find("paste")).isEmpty();
    }

    @Test
    void noMatchFindsNothing() {
        assertThat(find("xyz")).isEmpty();
    }

    private List<String> find(String query) {
        return CommandSearch.find(actions, query).stream().map(a -> a.title().get()).toList();
    }

    private static Action action(String title, boolean enabled) {
        return Action.of(title, title, null, null, new SimpleBooleanProperty(enabled), () -> {});
    }
}
