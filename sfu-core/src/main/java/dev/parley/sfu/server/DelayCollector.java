package dev.parley.sfu.server;

import dev.parley.sfu.base.SfuDelay;
import dev.parley.sfu.edge.UdpEdge;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;

/// What the loops measured, as a histogram: their plain cells, read when they are scraped. Micrometer has no histogram
/// that somebody else fills.
final class DelayCollector implements Collector {
    private final SfuDelay delay;
    private final UdpEdge edge;

    DelayCollector(SfuDelay delay, UdpEdge edge) {
        this.delay = delay;
        this.edge = edge;
    }

    @Override
    public MetricSnapshot collect() {
        long[] boundsNs = delay.boundsNs();
        long[] counts = new long[boundsNs.length + 1];
        double sum = edge.delays(delay, counts) / 1e9;
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        for (int i = 0; i < counts.length; i++) {
            buckets.bucket(i < boundsNs.length ? boundsNs[i] / 1e9 : Double.POSITIVE_INFINITY, counts[i]);
        }
        return HistogramSnapshot.builder()
                .name("parley_" + delay.metric())
                .help(delay.help())
                .dataPoint(new HistogramSnapshot.HistogramDataPointSnapshot(
                        buckets.build(), sum, Labels.EMPTY, Exemplars.EMPTY, 0))
                .build();
    }
}
