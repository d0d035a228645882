package dev.parley.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Finds IP addresses in text that could be somebody's. Stateless.
///
/// Nobody's are: documentation (RFC 5737, RFC 3849), loopback, unspecified, link-local, local multicast, the tests'
/// private net, and the well-known
/// blocks when they stand as blocks, with their prefix length. The version of a library in a pom is no address.
final class Addresses {
    private static final Pattern IPV4 = Pattern.compile(
            "(?<![\\w.§-])(?<!section )(?<!version>)(?:\\d{1,3}\\.){3}\\d{1,3}(?:/\\d{1,2})?(?![\\w-]|\\.\\d)");
    private static final Pattern IPV6_GLOBAL =
            Pattern.compile("(?<![\\w:.])[23][0-9a-fA-F]{3}:[0-9a-fA-F]{0,4}:[0-9a-fA-F:]*(?![\\w:])");
    private static final Pattern NOBODYS = Pattern.compile("(?:127|0)\\.\\d+\\.\\d+\\.\\d+(?:/\\d+)?"
            + "|192\\.0\\.2\\.\\d+(?:/\\d+)?|198\\.51\\.100\\.\\d+(?:/\\d+)?|203\\.0\\.113\\.\\d+(?:/\\d+)?"
            + "|10\\.77\\.0\\.\\d+(?:/\\d+)?|255\\.255\\.255\\.255|169\\.254\\.\\d+\\.\\d+|224\\.0\\.0\\.\\d+"
            + "|10\\.0\\.0\\.0/8|172\\.16\\.0\\.0/12|192\\.168\\.0\\.0/16|169\\.254\\.0\\.0/16|100\\.64\\.0\\.0/10"
            + "|224\\.0\\.0\\.0/4|240\\.0\\.0\\.0/4");

    private Addresses() {}

    static List<String> somebodys(String line) {
        List<String> found = new ArrayList<>();
        IPV4.matcher(line)
                .results()
                .map(MatchResult::group)
                .filter(address ->
                        isAddress(address) && !NOBODYS.matcher(address).matches())
                .forEach(found::add);
        IPV6_GLOBAL
                .matcher(line)
                .results()
                .map(MatchResult::group)
                .filter(address -> !address.toLowerCase(Locale.ROOT).startsWith("2001:db8:"))
                .forEach(found::add);
        return found;
    }

    private static boolean isAddress(String text) {
        for (String number : text.split("/", 2)[0].split("\\.", -1)) {
            if (Integer.parseInt(number) > 255) {
                return false;
            }
        }
        return true;
    }
}
