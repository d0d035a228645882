package dev.parley.signaling.whip;

/// Preconditions, [RFC 9110 §13.1.1](https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1), as RFC 9725 section 4.3
/// uses them.
final class EntityTags {
    private EntityTags() {}

    /// Whether an `If-Match` field holds for a tag: any with `*`, which the examples of RFC 9725 put in quotes; else
    /// one
    /// of the list, compared as strong tags.
    static boolean match(String field, String tag) {
        for (String one : field.split(",")) {
            String asked = one.strip();
            if (asked.equals("*") || asked.equals("\"*\"") || asked.equals(tag)) {
                return true;
            }
        }
        return false;
    }
}
