package org.skiplab.engine.data.source;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What [Shapes] draws: the points of a figure whose radius is 256, x to the right, y down.
enum Figure {
    DISC {
        @Override
        boolean contains(int x, int y) {
            return x * x + y * y <= 230 * 230;
        }
    },
    RING {
        @Override
        boolean contains(int x, int y) {
            int square = x * x + y * y;
            return square <= 240 * 240 && square >= 140 * 140;
        }
    },
    HALF_DISC {
        @Override
        boolean contains(int x, int y) {
            int below = y + 100;
            return below >= 0 && x * x + below * below <= 250 * 250;
        }
    },
    CRESCENT {
        @Override
        boolean contains(int x, int y) {
            int beside = x - 120;
            return x * x + y * y <= 250 * 250 && beside * beside + y * y > 200 * 200;
        }
    },
    TRIANGLE {
        @Override
        boolean contains(int x, int y) {
            // The sides rise by sqrt(3), here 97/56.
            return y <= 128 && 56 * (y + 256) >= 97 * Math.abs(x);
        }
    },
    SQUARE {
        @Override
        boolean contains(int x, int y) {
            return Math.abs(x) <= 190 && Math.abs(y) <= 190;
        }
    },
    BAR {
        @Override
        boolean contains(int x, int y) {
            return Math.abs(x) <= 250 && Math.abs(y) <= 75;
        }
    },
    CROSS {
        @Override
        boolean contains(int x, int y) {
            int longer = Math.max(Math.abs(x), Math.abs(y));
            int shorter = Math.min(Math.abs(x), Math.abs(y));
            return longer <= 245 && shorter <= 75;
        }
    },
    STAR {
        @Override
        boolean contains(int x, int y) {
            // A pentagram is where at least four of its five lines have the point on the inner
            // side.
            int inside = 0;
            for (int[] normal : STAR_NORMALS) {
                inside += x * normal[0] + y * normal[1] <= 80 * 1000 ? 1 : 0;
            }
            return inside >= 4;
        }
    },
    CORNER {
        @Override
        boolean contains(int x, int y) {
            return Math.abs(x) <= 190 && Math.abs(y) <= 190 && (x <= -50 || y >= 50);
        }
    };

    static final int SIDE = 32;

    /// No point of a figure is farther from its centre.
    static final int REACH = 275;

    /// Unit vectors at 90°, 162°, 234°, 306°, 18°, times 1000.
    private static final int[][] STAR_NORMALS = {
        {0, 1000}, {-951, 309}, {-588, -809}, {588, -809}, {951, 309}
    };

    abstract boolean contains(int x, int y);

    static List<String> names() {
        return Arrays.stream(values())
                .map(figure -> figure.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .toList();
    }
}
