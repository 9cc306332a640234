package org.skiplab.app.theme;

/// Which of the two themes to show.
public enum ThemeChoice {
    SYSTEM("Like the system"),
    LIGHT("Light"),
    DARK("Dark");

    private final String title;

    ThemeChoice(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
