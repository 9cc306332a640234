package org.skiplab.engine.data.fetch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The proxy that the environment names (`https_proxy`, `http_proxy`, `all_proxy`, `no_proxy`, in
/// lower or upper case), where Java itself knows none.
final class EnvironmentProxies extends ProxySelector {
    private static final List<Proxy> NONE = List.of(Proxy.NO_PROXY);

    private final Map<String, String> environment;
    private final ProxySelector java;

    EnvironmentProxies(Map<String, String> environment, ProxySelector java) {
        this.environment = environment;
        this.java = java;
    }

    @Override
    public List<Proxy> select(URI uri) {
        List<Proxy> chosen = java.select(uri);
        if (!chosen.isEmpty() && !chosen.equals(NONE)) {
            return chosen;
        }
        String host = String.valueOf(uri.getHost());
        String address = variable(uri.getScheme() + "_proxy");
        if (address.isEmpty()) {
            address = variable("all_proxy");
        }
        return address.isEmpty() || isExempt(host) ? NONE : parsed(address);
    }

    private static List<Proxy> parsed(String address) {
        try {
            URI uri = URI.create(address.contains("://") ? address : "http://" + address);
            int port = uri.getPort() < 0 ? 80 : uri.getPort();
            return uri.getHost() == null
                    ? NONE
                    : List.of(
                            new Proxy(
                                    Proxy.Type.HTTP,
                                    InetSocketAddress.createUnresolved(uri.getHost(), port)));
        } catch (IllegalArgumentException _) {
            return NONE;
        }
    }

    private boolean isExempt(String host) {
        for (String entry : variable("no_proxy").split("[,\\s]+")) {
            String suffix = entry.startsWith("*.") ? entry.substring(1) : entry;
            boolean isDomain = !suffix.isEmpty() && !suffix.startsWith(".");
            if (entry.equals("*")
                    || host.equalsIgnoreCase(suffix)
                    || !suffix.isEmpty()
                            && host.toLowerCase(Locale.ROOT)
                                    .endsWith(
                                            (isDomain ? "." : "")
                                                    + suffix.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    private String variable(String name) {
        String value = environment.get(name);
        if (value == null) {
            value = environment.get(name.toUpperCase(Locale.ROOT));
        }
        return value == null ? "" : value.strip();
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException e) {
        java.connectFailed(uri, address, e);
    }
}
