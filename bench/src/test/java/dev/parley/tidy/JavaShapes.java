package dev.parley.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// The types and functions of all Java files, as the compiler's parser sees them. Immutable.
record JavaShapes(List<Type> types, List<Function> functions) {
    record Type(String file, String name) {}

    /// From its first line to its closing brace.
    record Function(String file, String name, int lines) {}

    static JavaShapes read(Repository repository) {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK, not a JRE");
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<Path> paths = repository
                    .java()
                    .map(file -> repository.root().resolve(file.path()))
                    .toList();
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(paths));
            Reader reader = new Reader(repository.root(), Trees.instance(task).getSourcePositions());
            task.parse().forEach(unit -> reader.scan(unit, unit));
            return new JavaShapes(List.copyOf(reader.types), List.copyOf(reader.functions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Reader extends TreeScanner<@Nullable Void, CompilationUnitTree> {
        private final Path root;
        private final SourcePositions positions;
        private final List<Type> types = new ArrayList<>();
        private final List<Function> functions = new ArrayList<>();

        Reader(Path root, SourcePositions positions) {
            this.root = root;
            this.positions = positions;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, CompilationUnitTree unit) {
            types.add(new Type(file(unit), type.getSimpleName().toString()));
            return super.visitClass(type, unit);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, CompilationUnitTree unit) {
            if (method.getBody() != null) {
                long first = line(unit, positions.getStartPosition(unit, method));
                long last = line(unit, positions.getEndPosition(unit, method));
                functions.add(new Function(file(unit), method.getName().toString(), (int) (last - first + 1)));
            }
            return super.visitMethod(method, unit);
        }

        private static long line(CompilationUnitTree unit, long position) {
            return unit.getLineMap().getLineNumber(position);
        }

        private String file(CompilationUnitTree unit) {
            return root.relativize(Path.of(unit.getSourceFile().getName())).toString();
        }
    }
}
