package org.skiplab.engine.data.source;

import java.util.Optional;
import org.skiplab.engine.data.Normalisation;

/// The channel means and standard deviations that people's training scripts carry along. They were
/// measured on the published training images.
final class PublishedStatistics {
    private PublishedStatistics() {}

    static Optional<Normalisation> of(DataSource source) {
        return switch (source) {
            case Digits _ -> grey(0.1307f, 0.3081f);
            case Idx(Idx.Kind kind, _) ->
                    switch (kind) {
                        case MNIST -> grey(0.1307f, 0.3081f);
                        case FASHION -> grey(0.2860f, 0.3530f);
                        case EMNIST_BALANCED,
                                EMNIST_BYMERGE,
                                EMNIST_BYCLASS,
                                EMNIST_LETTERS,
                                EMNIST_DIGITS ->
                                Optional.empty();
                    };
            case Cifar(Cifar.Kind kind, _) ->
                    switch (kind) {
                        case CIFAR_10 ->
                                colour(
                                        new float[] {0.4914f, 0.4822f, 0.4465f},
                                        new float[] {0.2470f, 0.2435f, 0.2616f});
                        case CIFAR_100, CIFAR_100_COARSE ->
                                colour(
                                        new float[] {0.5071f, 0.4865f, 0.4409f},
                                        new float[] {0.2673f, 0.2564f, 0.2762f});
                    };
            case Svhn _ ->
                    colour(
                            new float[] {0.4377f, 0.4438f, 0.4728f},
                            new float[] {0.1980f, 0.2010f, 0.1970f});
            case Shapes _, ImageFolder _, PixelTable _ -> Optional.empty();
        };
    }

    private static Optional<Normalisation> grey(float mean, float std) {
        return Optional.of(new Normalisation(new float[] {mean}, new float[] {std}));
    }

    private static Optional<Normalisation> colour(float[] mean, float[] std) {
        return Optional.of(new Normalisation(mean, std));
    }
}
