package org.skiplab.engine.data.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.skiplab.engine.data.DataSet;
import org.skiplab.engine.data.Normalisation;

/// A data set that can be opened, as written on the command line: `mnist`, `shapes`, or
/// `NAME:PATH`; settings follow a `#`.
public sealed interface DataSource extends Parsed
        permits Digits, Shapes, Idx, Cifar, Svhn, ImageFolder, PixelTable {

    /// As written on the command line; [#parse] reads it back.
    String spec();

    /// The specification without settings, `NAME:PATH`.
    default String address() {
        return Options.of(spec()).address();
    }

    /// Reads everything into memory. May take seconds: not for a thread that must answer.
    /// Interrupting the thread makes it give up, which is a [Failed] too.
    Result open(Progress progress);

    /// Without telling anybody how far it has come.
    default Result open() {
        return open(Progress.NONE);
    }

    /// What a specification means; nothing is read yet.
    static Parsed parse(String spec) {
        return Specification.parse(spec);
    }

    /// What a file or folder seems to hold, by its name and the names in it; a folder that looks
    /// like nothing published is taken for a folder of pictures.
    static Parsed recognise(Path path) {
        return Recognition.of(path);
    }

    /// Mean and standard deviation of the pixel values in `[0, 1]` as they are commonly published
    /// for this set; empty where nobody has published any.
    default Optional<Normalisation> publishedNormalisation() {
        return PublishedStatistics.of(this);
    }

    /// Parses and opens.
    static Result open(String spec) {
        return switch (parse(spec)) {
            case DataSource source -> source.open();
            case Failed failed -> failed;
        };
    }

    /// Names of files and what is quoted from them may hold anything.
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    /// What opening a source comes to.
    sealed interface Result {}

    /// The data are there.
    ///
    /// @param warnings one line each: what was left out, and why
    record Opened(DataSet data, List<String> warnings) implements Result {
        public Opened {
            warnings = warnings.stream().map(DataSource::oneLine).toList();
        }
    }

    /// There are no data.
    ///
    /// @param what went wrong
    /// @param where file and place in it
    /// @param remedy what to do about it
    record Failed(String what, String where, String remedy) implements Result, Parsed {
        public Failed {
            what = oneLine(what);
            where = oneLine(where);
            remedy = oneLine(remedy);
        }

        /// Everything in one line.
        public String message() {
            return where + ": " + what + "; " + remedy;
        }
    }
}
