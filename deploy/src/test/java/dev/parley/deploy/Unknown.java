package dev.parley.deploy;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Fields that a fabric8 model was given and does not know: each level has them aside.
final class Unknown {
    private static final String ASIDE = "getAdditionalProperties";

    private Unknown() {}

    static void collect(@Nullable Object value, String path, List<String> unknown) throws ReflectiveOperationException {
        if (value instanceof List<?> list) {
            for (Object item : list) {
                collect(item, path, unknown);
            }
        } else if (value != null && value.getClass().getName().startsWith("io.fabric8.")) {
            collectOf(value, path, unknown);
        }
    }

    private static void collectOf(Object model, String path, List<String> unknown) throws ReflectiveOperationException {
        for (Method getter : model.getClass().getMethods()) {
            if (getter.getName().equals(ASIDE)) {
                ((Map<?, ?>) getter.invoke(model)).keySet().forEach(name -> unknown.add(path + "." + name));
            } else if (getter.getName().startsWith("get") && getter.getParameterCount() == 0 && isField(getter)) {
                collect(getter.invoke(model), path + "." + getter.getName().substring(3), unknown);
            }
        }
    }

    private static boolean isField(Method getter) {
        return getter.getReturnType() == List.class
                || getter.getReturnType().getName().startsWith("io.fabric8.");
    }
}
