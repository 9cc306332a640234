package org.skiplab.engine.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeterTest {
    private long now;

    @Test
    void speedAndTimeLeftFollowWhatComes() {
        var meter = new Meter(10_000_000, () -> now);
        assertThat(meter.read().left()).isEmpty();
        meter.begin("a", 4_000_000);
        long bytes = 4_000_000;
        for (int i = 0; i < 100; i++) {
            now += 100_000_000;
            bytes += 10_000;
            meter.came(bytes, 10_000);
            meter.read();
        }
        FetchProgress steady = meter.read();
        assertThat(steady.doneBytes()).isEqualTo(5_000_000);
        assertThat(steady.bytesPerSecond()).isCloseTo(100_000, within(1.0));
        assertThat(steady.left().orElseThrow())
                .isCloseTo(Duration.ofSeconds(50), Duration.ofMillis(20));
        assertThat(meter.silence()).isZero();
        for (int i = 0; i < 300; i++) {
            now += 100_000_000;
            meter.read();
        }
        assertThat(meter.silence()).isEqualTo(Duration.ofSeconds(30));
        assertThat(meter.read().bytesPerSecond()).isLessThan(10);
        meter.end(6_000_000);
        assertThat(meter.read().doneBytes()).isEqualTo(6_000_000);
    }

    @Test
    void theEnvironmentNamesProxies() {
        ProxySelector none = ProxySelector.of(null);
        var proxies =
                new EnvironmentProxies(
                        Map.of(
                                "HTTPS_PROXY",
                                "http://proxy.example:3128",
                                "http_proxy",
                                "plain.example",
                                "no_proxy",
                                "localhost, .internal.example,exact.example,*.star.example"),
                        none);
        assertThat(proxies.select(URI.create("https://data.org/x")))
                .containsExactly(at("proxy.example", 3128));
        assertThat(proxies.select(URI.create("http://data.org/x")))
                .containsExactly(at("plain.example", 80));
        for (String exempt :
                List.of(
                        "http://localhost:99/",
                        "https://a.internal.example/",
                        "https://exact.example/",
                        "https://sub.exact.example/",
                        "https://b.star.example/")) {
            assertThat(proxies.select(URI.create(exempt))).containsExactly(Proxy.NO_PROXY);
        }
        assertThat(proxies.select(URI.create("https://inexact.example/")))
                .containsExactly(at("proxy.example", 3128));
        var broken = new EnvironmentProxies(Map.of("all_proxy", "http://[bad"), none);
        assertThat(broken.select(URI.create("https://data.org/"))).containsExactly(Proxy.NO_PROXY);
        var javas = ProxySelector.of(new InetSocketAddress("java.example", 1));
        assertThat(
                        new EnvironmentProxies(Map.of("https_proxy", "x:2"), javas)
                                .select(URI.create("https://data.org/")))
                .singleElement()
                .extracting(proxy -> ((InetSocketAddress) proxy.address()).getHostString())
                .isEqualTo("java.example");
    }

    private static Proxy at(String host, int port) {
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
    }
}
