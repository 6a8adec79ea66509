package dev.peerscope.api;

/**
 * A read that is measured.
 *
 * @param path of the service, with a query if any
 * @param conditional whether each connection tells the tag that it got last
 * @param anew whether each request is one that was never made before, so that no answer can be given again
 */
record ComparedRead(String name, String path, boolean conditional, boolean anew) {

    static ComparedRead of(String name, String path) {
        return new ComparedRead(name, path, false, false);
    }

    static ComparedRead withTag(String name, String path) {
        return new ComparedRead(name, path, true, false);
    }

    static ComparedRead anew(String name, String path) {
        return new ComparedRead(name, path, false, true);
    }

    /** The same read so that no answer can be given again. */
    ComparedRead madeAnew() {
        return anew(name, path);
    }

    /** Of the bare service, where Jackson writes the same anew each time. */
    ComparedRead bare() {
        return of(name, "/objects/" + name);
    }

    /** Of the bare service, where the bytes are ready. */
    ComparedRead ready() {
        return of(name, "/bytes/" + name);
    }
}
