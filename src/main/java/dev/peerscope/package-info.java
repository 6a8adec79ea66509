/**
 * Where the parts are wired together: the application class, the configuration classes and the configuration
 * properties. Nothing is decided here; every other package can be read and tested without this one.
 */
@NullMarked
package dev.peerscope;

import org.jspecify.annotations.NullMarked;
