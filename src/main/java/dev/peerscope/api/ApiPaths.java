package dev.peerscope.api;

/** Where the API stands. */
final class ApiPaths {

    static final String BASE = "/api/v1";

    private ApiPaths() {}
}
