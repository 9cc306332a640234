package org.skiplab.engine.data.source;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.skiplab.engine.data.DataSet;

/// A data set that can be opened, as written on the command line: `mnist`, or `NAME:PATH`.
public sealed interface DataSource extends Parsed permits Digits, IdxFolder {

    /// As written on the command line; [#parse] reads it back.
    String spec();

    /// Reads everything into memory. May take seconds: not for a thread that must answer.
    /// Interrupting the thread makes it give up.
    Result open();

    /// What a specification means; nothing is read yet.
    static Parsed parse(String spec) {
        int colon = spec.indexOf(':');
        String name = colon < 0 ? spec : spec.substring(0, colon);
        String path = colon < 0 ? "" : spec.substring(colon + 1);
        if (spec.equals(Digits.NAME)) {
            return new Digits();
        }
        for (IdxFolder.Kind kind : IdxFolder.Kind.values()) {
            if (name.equals(kind.spec())) {
                return at(path, spec, folder -> new IdxFolder(kind, folder));
            }
        }
        return new Failed(
                "there is no data set '" + name + "'",
                spec,
                "use mnist, or one of mnist, fashion, emnist followed by a colon and a folder");
    }

    /// Parses and opens.
    static Result open(String spec) {
        return switch (parse(spec)) {
            case DataSource source -> source.open();
            case Failed failed -> failed;
        };
    }

    private static Parsed at(String path, String spec, Function<Path, DataSource> source) {
        if (path.isBlank()) {
            return new Failed("the path is missing", spec, "write it behind the colon");
        }
        try {
            return source.apply(Path.of(path));
        } catch (InvalidPathException e) {
            return new Failed("this is not a path: " + e.getReason(), path, "check its spelling");
        }
    }

    /// What opening a source comes to.
    sealed interface Result {}

    /// The data are there.
    ///
    /// @param warnings one line each: what was left out, and why
    record Opened(DataSet data, List<String> warnings) implements Result {
        public Opened {
            warnings = List.copyOf(warnings);
        }
    }

    /// There are no data.
    ///
    /// @param what went wrong
    /// @param where file and place in it
    /// @param remedy what to do about it
    record Failed(String what, String where, String remedy) implements Result, Parsed {

        /// Everything in one line.
        public String message() {
            return where + ": " + what + "; " + remedy;
        }
    }
}
