/// Rules of style that no tool has, as tests of the whole repository. They stand in the module that is built last.
@NullMarked
package dev.parley.tidy;

import org.jspecify.annotations.NullMarked;
