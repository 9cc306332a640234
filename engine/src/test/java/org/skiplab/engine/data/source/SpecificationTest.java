package org.skiplab.engine.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.skiplab.engine.data.source.Published.failure;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.skiplab.engine.graph.Shape;

class SpecificationTest {
    private static List<DataSource> sources() {
        Path path = Path.of("some folder#1", "b,c=d");
        Stream<DataSource> idx = Stream.of(Idx.Kind.values()).map(kind -> new Idx(kind, path));
        Stream<DataSource> cifar =
                Stream.of(Cifar.Kind.values()).map(kind -> new Cifar(kind, path));
        Stream<DataSource> others =
                Stream.of(
                        new Digits(),
                        Shapes.DEFAULT,
                        new Shapes(9, -5, 100, 20),
                        new Svhn(path),
                        new ImageFolder(path),
                        new ImageFolder(path, 64, true, true, 33, 7),
                        new PixelTable(path),
                        new PixelTable(path, Optional.of(new Shape(3, 4, 1)), 10, -1));
        return Stream.of(idx, cifar, others).flatMap(s -> s).toList();
    }

    @ParameterizedTest
    @MethodSource("sources")
    void everySourceCanBeWrittenAndReadBack(DataSource source) {
        assertThat(DataSource.parse(source.spec())).isEqualTo(source);
    }

    /// Egypt's Arabic has digits of its own, which `%d` writes.
    @ParameterizedTest
    @MethodSource("sources")
    void specificationsAreTheSameInEveryLanguage(DataSource source) {
        String spec = source.spec();
        Locale usual = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try {
            assertThat(source.spec()).isEqualTo(spec);
        } finally {
            Locale.setDefault(usual);
        }
    }

    @Test
    void whatMeansNothingSaysWhatIsPossible() {
        assertThat(failure("cats")).startsWith("cats: there is no data set 'cats'; use mnist, ");
        assertThat(failure("")).contains("there is no data set ''");
        assertThat(failure("fashion:")).contains("the path is missing");
        assertThat(failure("svhn")).contains("the path is missing");
        assertThat(failure("cifar10:bad\0path")).contains("it is not a path");
        assertThat(failure("shapes#difficulty=11"))
                .contains("difficulty is '11'", "a number from 0 to 10");
        assertThat(failure("shapes#difficulty=x")).contains("difficulty is 'x'");
        assertThat(failure("shapes#colour=red"))
                .contains("no setting 'colour'", "difficulty, seed, train, test");
        assertThat(failure("mnist#size=3")).contains("no setting 'size'", "leave it out");
        assertThat(failure("cifar100:x#labels=rough"))
                .contains("labels is 'rough'", "fine, coarse");
        assertThat(failure("mnist:/no\n\tsuch")).startsWith("/no such: there is no such file");
        assertThat(failure("mnist:/no/such/folder"))
                .contains("/no/such/folder", "there is no such file");
    }
}
