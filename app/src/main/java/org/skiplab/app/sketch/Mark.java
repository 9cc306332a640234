package org.skiplab.app.sketch;

import java.util.Locale;

/// What a comparison says of a block. Told apart by sign, border and colour.
public enum Mark {
    ADDED("+"),
    REMOVED("−"),
    CHANGED("≠");

    private final String sign;

    Mark(String sign) {
        this.sign = sign;
    }

    public String sign() {
        return sign;
    }

    /// Name of the style class.
    public String style() {
        return "mark-" + word();
    }

    /// `added`, for people.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
