package dev.peerscope.api;

import java.util.Locale;

import org.springframework.http.HttpStatus;

/** Every kind of failure that the API answers with: a closed set, each with its status and what a detail of it looks like. */
enum ProblemType {
    MALFORMED_PEER_ID(HttpStatus.BAD_REQUEST, "Malformed peer id",
            "peerId: 'alice' is not a peer id: it starts with neither 1, Qm, b nor z; expected text such as 16Uiu2…, 12D3Koo… or Qm…"),
    MALFORMED_CID(HttpStatus.BAD_REQUEST, "Malformed CID",
            "treeCid: a character that base58btc does not have; expected a CID in any multibase, such as zDz…"),
    MALFORMED_INDEX(HttpStatus.BAD_REQUEST, "Malformed index",
            "index: '-1' is no leaf index; expected a whole number from 0 to 2^63-1"),
    MALFORMED_ADDRESS(HttpStatus.BAD_REQUEST, "Malformed address",
            "address: it does not begin with /; expected /ip4/…/tcp/…, with or without /p2p/… at the end, or spr:…"),
    MALFORMED_CURSOR(HttpStatus.BAD_REQUEST, "Malformed cursor",
            "cursor: expected the nextCursor of an earlier page of this same list, unchanged"),
    MALFORMED_LIMIT(HttpStatus.BAD_REQUEST, "Malformed limit", "limit: '0' is out of range; expected 1 to 1000"),
    MALFORMED_TIME(HttpStatus.BAD_REQUEST, "Malformed time",
            "since: 'yesterday' is no instant; expected ISO-8601 such as 2026-11-22T09:30:00Z"),
    MALFORMED_SEQUENCE(HttpStatus.BAD_REQUEST, "Malformed sequence number",
            "Last-Event-ID: 'x' is no sequence number; expected a whole number from 0 to 2^63-1"),
    MALFORMED_PARAMETER(HttpStatus.BAD_REQUEST, "Malformed parameter",
            "limt: there is no such parameter here; expected cursor, limit"),
    UNKNOWN_VALUE(HttpStatus.BAD_REQUEST, "Unknown value",
            "state: 'asleep' is unknown; expected one of connected, departed, all"),
    MALFORMED_BODY(HttpStatus.BAD_REQUEST, "Malformed body",
            "the body is no JSON: unexpected character at line 1, column 9"),
    DIALLING_OURSELVES(HttpStatus.BAD_REQUEST, "Dialling ourselves",
            "the address leads to this node; give the address of another peer"),
    OPERATOR_TOKEN_REQUIRED(HttpStatus.UNAUTHORIZED, "Operator token required",
            "send the header Authorization: Bearer <operator token>"),
    OPERATOR_TOKEN_WRONG(HttpStatus.FORBIDDEN, "Wrong operator token",
            "the token is not the one that is configured as peerscope.operator-token"),
    OPERATOR_TOKEN_NOT_CONFIGURED(HttpStatus.FORBIDDEN, "No operator token configured",
            "the service listens on more than loopback, so commands need a token: set peerscope.operator-token "
                    + "(environment variable PEERSCOPE_OPERATOR_TOKEN) and restart"),
    FOREIGN_HOST(HttpStatus.FORBIDDEN, "Foreign host",
            "the header Host names example.org; without an operator token commands are taken only under localhost, 127.0.0.1 or [::1]: "
                    + "use one of these, or set peerscope.operator-token and send it"),
    UNKNOWN_PEER(HttpStatus.NOT_FOUND, "Unknown peer",
            "peer 16Uiu2HAm… is neither connected nor among those that are remembered; see GET /api/v1/peers?state=all"),
    UNKNOWN_CHANGE(HttpStatus.NOT_FOUND, "Unknown presence change",
            "change 7 is no longer kept; the oldest that is kept is 1001"),
    HISTORY_NOT_KEPT(HttpStatus.NOT_FOUND, "History not kept",
            "the history does not reach back to 2026-11-01T00:00:00Z; the earliest time is 2026-11-22T09:30:00Z"),
    UNKNOWN_WATCH(HttpStatus.NOT_FOUND, "Unknown watch",
            "there is no watch 4c1f6a52-8a9e-4d0b-9f27-6f2c1f0f6d11; see GET /api/v1/watches"),
    UNKNOWN_DOWNLOAD(HttpStatus.NOT_FOUND, "Unknown download",
            "there is no download 4c1f6a52-8a9e-4d0b-9f27-6f2c1f0f6d11; see GET /api/v1/downloads"),
    UNKNOWN_DATASET(HttpStatus.NOT_FOUND, "Unknown dataset",
            "no watch or download is about a dataset with the tree zDz…, and no block of it is held; see GET /api/v1/datasets"),
    UNKNOWN_PATH(HttpStatus.NOT_FOUND, "Unknown path",
            "there is nothing under /api/v1/pears; the API is described at /swagger-ui.html"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "Method not allowed",
            "PATCH is not possible here; use one of GET, DELETE"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "Not acceptable", "the answer can be had as application/json"),
    PEER_DEPARTED(HttpStatus.CONFLICT, "Peer departed",
            "peer 16Uiu2HAm… is not connected any more; dial it with POST /api/v1/peers"),
    TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "Too large", "the body has 2097152 bytes; at most 1048576 are read"),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Unsupported media type",
            "send the body as application/json"),
    UNUSABLE_CONTENT(HttpStatus.UNPROCESSABLE_CONTENT, "Unusable content",
            "zDx… is no manifest: its content type is codex-block; give the CID of a manifest (zDv…)"),
    LIMIT_MET(HttpStatus.TOO_MANY_REQUESTS, "Limit met",
            "1024 watches and downloads are there already; delete one first"),
    INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error",
            "this should not have happened; the log of the service has the details"),
    DIAL_FAILED(HttpStatus.BAD_GATEWAY, "Dial failed", "connect: nobody answers at /ip4/192.0.2.7/tcp/8070"),
    NOT_READY(HttpStatus.SERVICE_UNAVAILABLE, "Not ready",
            "the engine did not answer within 5 s; try again in a moment, and see /actuator/health"),
    HISTORY_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "History unavailable",
            "presence changes cannot be kept at present: the history in peerscope-data/history.db cannot be written: database or disk is full; "
                    + "give the disk of peerscope.data-directory room or mend it: it is tried again every 2 s, and /actuator/health says when it "
                    + "works; what peers have and want now is answered meanwhile");

    private static final String PREFIX = "urn:peerscope:problem:";

    private final HttpStatus status;
    private final String title;
    private final String exampleDetail;

    ProblemType(HttpStatus status, String title, String exampleDetail) {
        this.status = status;
        this.title = title;
        this.exampleDetail = exampleDetail;
    }

    /** The URN that stands in an answer and never changes. */
    String urn() {
        return PREFIX + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    HttpStatus status() {
        return status;
    }

    String title() {
        return title;
    }

    String exampleDetail() {
        return exampleDetail;
    }
}
