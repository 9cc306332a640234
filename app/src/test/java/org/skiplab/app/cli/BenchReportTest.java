package org.skiplab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.skiplab.engine.train.Benchmark;
import org.skiplab.engine.train.WarmUp;

class BenchReportTest {

    @Test
    void everyFigureHasItsPlace() {
        BenchReport report = new BenchReport("onednn", "stochastic-resnet-8", 4);
        report.warmUp(new WarmUp(57, Duration.ofMillis(8260), true));
        report.times(new Benchmark.Times(12.34, 10.06, 13.99), 7_600_000);
        report.fed("mnist", new Benchmark.Fed(30, 40));
        report.depth(new Benchmark.Depth(15.21, 20.5, 0.74199));
        assertThat(report.line())
                .isEqualTo(
                        """
                        {"engine":"skiplab","kernels":"onednn","model":"stochastic-resnet-8",\
                        "batch":4,"warm_up_steps":57,"warm_up_s":8.3,"compiler_quiet":true,\
                        "median_ms":12.3,"min_ms":10.1,"mean_ms":14.0,"memory_mb":8,\
                        "data":"mnist","fixed_ms":30.0,"fed_ms":40.0,"speed_kept":0.75,\
                        "drawn_ms":15.2,"full_depth_ms":20.5,"drawn_of_full":0.742}\
                        """);
    }
}
