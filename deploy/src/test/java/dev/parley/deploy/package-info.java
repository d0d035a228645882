/// Holds what operators install to its rules: manifests, monitoring, units, the container image and what it is made of.
/// Knows the files below `deploy/` and a server as a process.
@NullMarked
package dev.parley.deploy;

import org.jspecify.annotations.NullMarked;
