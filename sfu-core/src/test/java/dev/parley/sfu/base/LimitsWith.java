package dev.parley.sfu.base;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/// The usual limits with one of them changed, whatever other components the record has.
public final class LimitsWith {
    private LimitsWith() {}

    public static Limits of(String component, Number value) {
        RecordComponent[] components = Limits.class.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Arrays.stream(components)
                .map(c -> c.getName().equals(component) ? value : usual(c))
                .toArray();
        try {
            return Limits.class.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object usual(RecordComponent component) {
        try {
            return component.getAccessor().invoke(Limits.defaults());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
