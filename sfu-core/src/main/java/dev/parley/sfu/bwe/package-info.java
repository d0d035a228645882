/// Bandwidth estimation toward one receiver: pure arithmetic on what was sent and what came back, after Google's
/// congestion control. Times, sizes and reports go in, a rate and a plan of probes come out; knows neither RTP nor who
/// watches what. `BandwidthEstimator` is the one door.
@NullMarked
package dev.parley.sfu.bwe;

import org.jspecify.annotations.NullMarked;
